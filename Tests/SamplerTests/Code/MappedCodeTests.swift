// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

@Suite struct MappedCodeTests {
    @Test func readsItsFileOnceAndOnlyWhenAsked() {
        final class Counter { var reads = 0 }
        let counter = Counter()
        let code = MappedCode(process: ProcessID(1), mapping: anonymousCode(0x1000..<0x2000)) { _ in
            counter.reads += 1
            return MappedCode.Contents(table: nil, image: nil, bias: 0x400, failure: .absent)
        }
        #expect(counter.reads == 0)
        #expect(code.failure == .absent)
        #expect(code.table == nil)
        #expect(code.imageAddress(of: 0x1234) == ImageAddress(0xe34))
        #expect(counter.reads == 1)
    }

    @Test func wrapsWhereTheFileLiesAboveTheMapping() {
        let code = MappedCode(process: ProcessID(1), mapping: anonymousCode(0x1000..<0x2000)) { _ in
            MappedCode.Contents(table: nil, image: nil, bias: 0x2000, failure: nil)
        }
        #expect(code.imageAddress(of: 0x1000) == ImageAddress(.max - 0xfff))
    }
}

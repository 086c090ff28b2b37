// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
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

    #if arch(x86_64)
    @Test func findsTheEndOfASignalHandlerInMemory() {
        var code = [UInt8](repeating: 0x90, count: 128)
        code.replaceSubrange(40..<47, with: [0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05])
        code.withUnsafeBytes { bytes in
            let start = UInt64(UInt(bitPattern: bytes.baseAddress))
            let addresses = start..<start + 128
            let mapped = MappedCode(process: ProcessID(getpid()), mapping: fileCode(addresses)) {
                _ in
                .none
            }
            #expect(mapped.isSignalTrampoline(at: start + 40))
            #expect(mapped.isSignalTrampoline(at: start + 45))
            // The second answer is from memory.
            #expect(mapped.isSignalTrampoline(at: start + 40))
            #expect(!mapped.isSignalTrampoline(at: start + 41))
            let anonymous = MappedCode(
                process: ProcessID(getpid()),
                mapping: anonymousCode(addresses)
            ) { _ in
                .none
            }
            #expect(!anonymous.isSignalTrampoline(at: start + 40))
        }
        let nowhere = MappedCode(process: ProcessID(getpid()), mapping: fileCode(0..<64)) { _ in
            .none
        }
        #expect(!nowhere.isSignalTrampoline(at: 0))
        #expect(!nowhere.isSignalTrampoline(at: 32))
    }
    #endif

    @Test func wrapsWhereTheFileLiesAboveTheMapping() {
        let code = MappedCode(process: ProcessID(1), mapping: anonymousCode(0x1000..<0x2000)) { _ in
            MappedCode.Contents(table: nil, image: nil, bias: 0x2000, failure: nil)
        }
        #expect(code.imageAddress(of: 0x1000) == ImageAddress(.max - 0xfff))
    }
}

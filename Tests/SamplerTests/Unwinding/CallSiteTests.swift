// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

#if arch(x86_64)
@Suite struct CallSiteTests {
    /// Memory of a process that is made of a few pieces.
    private func reader(_ pieces: [UInt64: [UInt8]]) -> CallReader {
        CallReader { address, count in
            for (start, bytes) in pieces where start <= address && address - start < bytes.count {
                return Array(bytes.dropFirst(Int(address - start)).prefix(count))
            }
            return []
        }
    }

    @Test func readsTheCallBeforeAReturnAddress() {
        let calls = reader([0x1000: [0x90, 0x90, 0xE8, 0, 1, 0, 0]])
        #expect(calls.call(before: 0x1007) == .direct(0x1107))
        #expect(calls.call(before: 0x1006) == nil)
        #expect(calls.call(before: 3) == nil)
        #expect(calls.call(before: 0x9000) == nil)
    }

    @Test func aCallEntersAFunctionAtOnceOrThroughAStub() {
        let calls = reader([
            0x2000: [0xFF, 0x25, 0xFA, 0x0F, 0, 0, 0, 0, 0, 0, 0],
            0x3000: [0x34, 0x12, 0, 0, 0, 0, 0, 0],
        ])
        #expect(calls.enters(0x1234, from: 0x1234))
        #expect(calls.enters(0x1234, from: 0x2000))
        #expect(!calls.enters(0x1235, from: 0x2000))
        #expect(!calls.enters(0x1234, from: 0x5000))
    }
}
#endif

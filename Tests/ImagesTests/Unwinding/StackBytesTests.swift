// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Images

@Suite
struct StackBytesTests {
    @Test(
        arguments: [
            (0x1000, 0x0706_0504_0302_0100), (0x1001, 0x0807_0605_0403_0201),
            (0x1008, 0x0f0e_0d0c_0b0a_0908), (0x0fff, nil), (0x1009, nil), (0x1010, nil), (0, nil),
            (UInt64.max, nil),
        ] as [(UInt64, UInt64?)]
    )
    func readsWithinItsBytes(address: UInt64, word: UInt64?) {
        let bytes = (0..<16).map { UInt8($0) }
        bytes.withUnsafeBytes { buffer in
            let stack = StackBytes(base: Address(0x1000), bytes: buffer)
            #expect(stack.word(at: address) == word)
            #expect(stack.range == 0x1000..<0x1010)
        }
    }

    @Test func hasNoWordInLessThanEightBytes() {
        [UInt8](repeating: 0, count: 7).withUnsafeBytes { buffer in
            let stack = StackBytes(base: Address(.max - 3), bytes: buffer)
            #expect(stack.word(at: .max - 3) == nil)
            #expect(stack.word(at: 0) == nil)
            #expect(stack.range == (.max - 3)..<(.max))
        }
    }
}

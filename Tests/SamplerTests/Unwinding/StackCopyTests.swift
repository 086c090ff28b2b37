// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct StackCopyTests {
    private func copy(_ count: Int, base: UInt64 = 0x7000_0000) -> StackCopy {
        StackCopy(
            registers: .all(RegisterSet()),
            base: Address(base),
            bytes: [UInt8](repeating: 0, count: count)
        )
    }

    @Test(arguments: [(0, 8 << 10), (40_000, 40_000), (1 << 30, 256 << 10), (-5, 8 << 10)])
    func keepsWithinItsRange(asked: Int, given: Int) {
        #expect(StackCopy.clamped(asked) == given)
    }

    @Test func followsTheDepthWithSomeToSpare() {
        let need = copy(16 << 10).need(outermost: 0x7000_4000, end: .complete)
        #expect(need == StackNeed(bytes: 0x4000 + 0x2000 + 4_096, copiedBytes: 16 << 10))
    }

    @Test func asksForMoreWhereTheCopyWasTooShort() {
        let need = copy(32 << 10).need(outermost: 0x7000_8000, end: .truncated(.copyEnd))
        #expect(need == StackNeed(bytes: 128 << 10, copiedBytes: 32 << 10))
    }

    @Test func isNotMisledByAStackPointerElsewhere() {
        #expect(copy(64).need(outermost: 0, end: .complete).bytes == 4_096)
        #expect(
            copy(64).need(outermost: .max, end: .complete).bytes
                == StackCopy.mostBytes + StackCopy.mostBytes / 2 + 4_096
        )
    }
}

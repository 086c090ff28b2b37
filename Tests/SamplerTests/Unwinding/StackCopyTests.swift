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
        let next = copy(16 << 10).nextByteCount(outermost: 0x7000_4000, end: .complete)
        #expect(next == 0x4000 + 0x2000 + 4_096)
    }

    @Test func givesUpSlowlyWhatItNoLongerNeeds() {
        var count = 64 << 10
        var samples = 0
        while count > 8 << 10 {
            let next = copy(count).nextByteCount(outermost: 0x7000_0400, end: .complete)
            #expect(next < count)
            #expect(next >= 8 << 10 && next >= count - count / 128)
            count = next
            samples += 1
        }
        #expect((260...280).contains(samples))
    }

    @Test func asksForMoreWhereTheCopyWasTooShort() {
        let end = StackEnd.truncated(.copyEnd)
        #expect(copy(32 << 10).nextByteCount(outermost: 0x7000_8000, end: end) == 128 << 10)
        #expect(copy(128 << 10).nextByteCount(outermost: 0x7002_0000, end: end) == 256 << 10)
    }

    @Test func isNotMisledByAStackPointerElsewhere() {
        #expect(copy(64).nextByteCount(outermost: 0, end: .complete) == 8 << 10)
        #expect(copy(64).nextByteCount(outermost: .max, end: .complete) == 256 << 10)
    }
}

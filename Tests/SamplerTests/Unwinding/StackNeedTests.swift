// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct StackNeedTests {
    @Test func givesUpSlowlyWhatItNoLongerNeeds() {
        var count = 64 << 10
        var samples = 0
        while count > 8 << 10 {
            let next = StackNeed(bytes: 5_000, copiedBytes: count).nextByteCount(after: nil)
            #expect(next < count)
            #expect(next >= 8 << 10 && next >= count - count / 128)
            count = next
            samples += 1
        }
        #expect((260...280).contains(samples))
    }

    @Test func keepsWithinTheRangeOfCopies() {
        #expect(StackNeed(bytes: 0, copiedBytes: 0).nextByteCount(after: nil) == 8 << 10)
        #expect(StackNeed(bytes: 1 << 30, copiedBytes: 64).nextByteCount(after: nil) == 256 << 10)
    }

    @Test("each stack of a batch counts, though all were copied alike")
    func batch() {
        let shallow = StackNeed(bytes: 5_000, copiedBytes: 32 << 10)
        var wanted: Int?
        for _ in 0..<200 { wanted = shallow.nextByteCount(after: wanted) }
        #expect(wanted == 8 << 10)
    }

    @Test("a deep stack is not forgotten for a shallow one of the same batch")
    func deep() {
        let deep = StackNeed(bytes: 128 << 10, copiedBytes: 32 << 10)
        let shallow = StackNeed(bytes: 5_000, copiedBytes: 32 << 10)
        let wanted = shallow.nextByteCount(after: deep.nextByteCount(after: nil))
        #expect(wanted == 127 << 10)
    }
}

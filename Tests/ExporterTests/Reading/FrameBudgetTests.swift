// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("FrameBudget")
struct FrameBudgetTests {
    /// Whether the frames are within what a file of a size may have.
    private func fits(_ frames: Int, byteCount: Int) -> Bool {
        var budget = FrameBudget(byteCount: byteCount)
        return (try? budget.spend(frames)) != nil
    }

    @Test("grows with the file, within limits")
    func limits() {
        #expect(fits(1_000_000, byteCount: 0) && !fits(1_000_001, byteCount: 0))
        #expect(fits(2_600_000, byteCount: 100_000) && !fits(2_600_001, byteCount: 100_000))
        #expect(fits(50_000_000, byteCount: .max) && !fits(50_000_001, byteCount: .max))
    }

    @Test("all stacks spend of the same")
    func sum() throws {
        var budget = FrameBudget(byteCount: 0)
        try budget.spend(600_000)
        #expect(throws: ProfileReadFailure.tooManyFrames) { try budget.spend(600_000) }
        try budget.spend(400_000)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct TracerPlacementTests {
    private static let four = CPUSet(words: [0b1111])

    @Test func leavesOnceInEightTicks() {
        var placement = TracerPlacement(allowed: Self.four, seed: 1)
        var left = 0
        for _ in 0..<8_000 {
            guard let cpus = placement.choose(leaving: 2) else { continue }
            #expect(cpus == CPUSet(words: [0b1011]))
            left += 1
        }
        // Four standard errors: 119.
        #expect(abs(left - 1_000) < 119)
    }

    @Test(arguments: [CPUSet(), CPUSet(words: [0b100])])
    func cannotLeaveTheOnlyCPU(allowed: CPUSet) {
        var placement = TracerPlacement(allowed: allowed, seed: 1)
        #expect(!placement.canMove)
        for _ in 0..<100 { #expect(placement.choose(leaving: 2) == nil) }
    }

    @Test func staysWhereTheKernelRefuses() {
        var placement = TracerPlacement(allowed: Self.four, seed: 1)
        #expect(placement.canMove)
        placement.noteRefused()
        #expect(!placement.canMove)
        for _ in 0..<100 { #expect(placement.choose(leaving: 2) == nil) }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct CPUSetTests {
    @Test func countsItsMembers() {
        #expect(CPUSet().count == 0)
        #expect(CPUSet(words: [0b1011, 1 << 63]).count == 4)
    }

    @Test func leavesOutWhatItCannotHold() {
        let words = [UInt64](repeating: .max, count: 100)
        #expect(CPUSet(words: words).count == CPUSet.capacity)
    }

    @Test(arguments: [(0, 0b1010), (3, 0b0011), (2, 0b1011), (-1, 0b1011), (1_024, 0b1011)])
    func removesOneCPU(cpu: Int, rest: UInt64) {
        #expect(CPUSet(words: [0b1011]).removing(cpu) == CPUSet(words: [rest]))
    }
}

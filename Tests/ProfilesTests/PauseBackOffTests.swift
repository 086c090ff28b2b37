// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct PauseBackOffTests {
    /// How long it waits after visits, in milliseconds: `L` is a long one.
    private func wait(after visits: String) -> UInt64 {
        var backOff = PauseBackOff()
        for visit in visits { backOff.note(isOverlong: visit == "L", nowNanoseconds: 0) }
        var milliseconds: UInt64 = 0
        while backOff.isWaiting(nowNanoseconds: milliseconds * 1_000_000) { milliseconds += 1 }
        return milliseconds
    }

    @Test(arguments: [
        ("", 0), ("L", 0), ("LLLL", 0), ("LLLLL", 250), ("LLLLLL", 500), ("LLLLLLL", 1_000),
        ("LsLsLsLsLsLsLs", 0), ("LLLsLLL", 250), ("LLLLsssssssL", 0),
        ("LLLLLLLLLLLLLLLLLLLLLLLLLLLLLL", 64_000),
    ])
    func waitsLongerWithEachLongPauseTooMany(visits: String, milliseconds: UInt64) {
        #expect(wait(after: visits) == milliseconds)
    }
}

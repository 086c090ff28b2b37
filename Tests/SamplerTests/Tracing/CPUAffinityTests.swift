// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import SystemPackage
import Testing

@testable import Sampler

@Suite
struct CPUAffinityTests {
    @Test func setsTheCPUsOfOneThread() async throws {
        let all = CPUAffinity.current(of: ThreadID(0))
        let lowest = try #require(all.words.firstIndex { $0 != 0 })
        var words = CPUSet().words
        words[lowest] = all.words[lowest] & (0 &- all.words[lowest])
        let chosen = CPUSet(words: words)
        let found = try await OwnThread().run {
            try CPUAffinity.set(chosen)
            return CPUAffinity.current(of: ThreadID(0))
        }
        #expect(chosen.count == 1)
        #expect(found == chosen)
        // Another thread keeps its own.
        let other = try await OwnThread().run { CPUAffinity.current(of: ThreadID(0)) }
        #expect(other == all)
    }

    @Test func saysWhyItCannot() async throws {
        await #expect(throws: Errno.invalidArgument) {
            try await OwnThread().run { try CPUAffinity.set(CPUSet()) }
        }
    }

    @Test func isEmptyForAThreadThatIsGone() {
        #expect(CPUAffinity.current(of: ThreadID(Int32.max)).count == 0)
    }
}

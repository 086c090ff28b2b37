// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ProfileDraftTests {
    @Test func equalRowsAreOne() throws {
        var archive = StackArchive()
        let reserved = archive.reserved("f")
        let stack = try #require(reserved)
        var draft = ProfileDraft()
        for slice: UInt16? in [0, 0, 1, nil] {
            draft.add(
                stack,
                orTo: nil,
                labels: 0,
                slice: slice,
                SeriesAmount(samples: 2, seconds: 0.5)
            )
        }
        let samples = draft.samples.sorted { ($0.slice ?? 9) < ($1.slice ?? 9) }
        #expect(samples.map(\.slice) == [0, 1, nil])
        #expect(samples.map(\.count) == [4, 2, 2])
        #expect(samples.map(\.nanoseconds) == [1_000_000_000, 500_000_000, 500_000_000])
    }

    @Test func rowsBeyondTheLimitAreAddedUp() throws {
        var archive = StackArchive()
        let reserved = archive.reserved("[other]")
        let other = try #require(reserved)
        var draft = ProfileDraft(rowLimit: 2)
        for name in ["a", "b", "c", "d", "a"] {
            let stack = archive.reserved(name)
            draft.add(
                try #require(stack),
                orTo: other,
                labels: 0,
                slice: 0,
                SeriesAmount(samples: 1, seconds: 1)
            )
        }
        #expect(draft.overflows == 2)
        let counts = draft.samples.map(\.count).sorted()
        #expect(counts == [1, 2, 2])
        #expect(draft.samples.first { $0.node == other.node }?.nanoseconds == 2_000_000_000)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct ReloadStateTests {
    @Test func aFailureKeepsTheTimeOfTheSuccess() {
        let state = ReloadState(startedAtSeconds: 1)
        #expect(state.outcome.isSuccessful)
        state.noteFailure()
        #expect(!state.outcome.isSuccessful)
        #expect(state.outcome.succeededAtSeconds == 1)
        state.noteSuccess(atSeconds: 2)
        #expect(state.outcome.isSuccessful)
        #expect(state.outcome.succeededAtSeconds == 2)
    }
}

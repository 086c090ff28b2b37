// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct OngoingWaitTests {
    private let key = FunctionKey(symbol: "f", object: "app")

    @Test func isKeptWhileTheThreadIsHeardOf() {
        var wait = OngoingWait<FunctionKey>()
        wait.begin(key)
        for _ in 0..<10 {
            wait.hear()
            wait = wait.kept ?? OngoingWait()
        }
        #expect(wait.key == key)
    }

    @Test func isForgottenAfterTwoSilentWindows() {
        var wait = OngoingWait<FunctionKey>()
        wait.begin(key)
        #expect(wait.kept != nil)
        #expect(wait.kept?.kept != nil)
        #expect(wait.kept?.kept?.kept == nil)
    }

    @Test func nothingIsKeptOfAThreadThatDoesNotWait() {
        var wait = OngoingWait<FunctionKey>()
        wait.begin(key)
        wait.begin(nil)
        #expect(wait.kept == nil)
    }
}

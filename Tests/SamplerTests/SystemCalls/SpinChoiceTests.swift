// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct SpinChoiceTests {
    @Test("goes on while looking finds stops now and then")
    func finds() {
        var choice = SpinChoice()
        for index in 0..<1_000 {
            #expect(choice.spins)
            choice.note(isFound: index % 4 == 3)
        }
    }

    @Test("sleeps after four misses in a row, and tries once after 256 stops")
    func misses() {
        var choice = SpinChoice()
        for _ in 0..<4 { choice.note(isFound: false) }
        for round in 0..<3 {
            for index in 0..<256 {
                #expect(!choice.spins, "\(round), \(index)")
                choice.note(isFound: false)
            }
            #expect(choice.spins)
            choice.note(isFound: false)
        }
    }

    @Test("one that is found brings the looking back")
    func recovers() {
        var choice = SpinChoice()
        for _ in 0..<4 + 256 { choice.note(isFound: false) }
        choice.note(isFound: true)
        for _ in 0..<3 { choice.note(isFound: false) }
        #expect(choice.spins)
    }
}

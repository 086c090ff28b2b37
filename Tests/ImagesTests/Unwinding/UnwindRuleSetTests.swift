// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindRuleSetTests {
    private func rule(_ offset: Int32) -> UnwindRule {
        UnwindRule(.register, register: 7, offset: offset, .same, .same, unchanged: 0)
    }

    @Test func hasEachRuleOnce() {
        var rules = UnwindRuleSet()
        let first = rules.number(of: rule(8))
        let second = rules.number(of: rule(16))
        #expect(first != second)
        #expect(rules.number(of: rule(8)) == first)
        #expect(rules[first] == rule(8))
        #expect(rules[second] == rule(16))
        #expect(rules.count == 5)
        #expect(rules.byteCount >= 5 * 16)
        #expect(rules.overflowCount == 0)
    }

    @Test func knowsTheFixedNumbers() {
        var rules = UnwindRuleSet()
        for (number, kind) in [
            (UnwindRuleSet.gap, .gap), (UnwindRuleSet.slow, .slow),
            (UnwindRuleSet.malformed, .malformed),
        ] as [(UInt16, UnwindRule.Kind)] {
            #expect(rules[number] == UnwindRule(kind))
            #expect(rules.number(of: UnwindRule(kind)) == number)
        }
    }

    @Test func isSlowOnceItIsFull() {
        var rules = UnwindRuleSet(capacity: 4)
        let first = rules.number(of: rule(8))
        #expect(rules.number(of: rule(16)) == UnwindRuleSet.slow)
        #expect(rules.number(of: rule(16)) == UnwindRuleSet.slow)
        #expect(rules.number(of: rule(8)) == first)
        #expect(rules.overflowCount == 2)
        #expect(rules.count == 4)
    }

    @Test func countsToTheLastNumber() {
        var rules = UnwindRuleSet()
        for offset in 0..<70_000 { _ = rules.number(of: rule(Int32(offset))) }
        #expect(rules.count == 65_536)
        #expect(rules.overflowCount == 70_000 - 65_533)
        #expect(rules[UInt16.max] == rule(65_532))
    }
}

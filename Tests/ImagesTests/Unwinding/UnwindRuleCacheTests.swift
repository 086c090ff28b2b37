// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindRuleCacheTests {
    private func rule(_ offset: Int32) -> UnwindRule {
        UnwindRule(.register, register: 7, offset: offset, .same, .lost, unchanged: 1)
    }

    @Test func remembersUntilAnotherTakesThePlace() {
        let cache = UnwindRuleCache(functionCount: 1)
        #expect(cache.rule(for: 0) == nil)
        cache.set(rule(7), for: 0)
        cache.set(rule(8), for: 1)
        #expect(cache.rule(for: 0) == rule(7))
        #expect(cache.rule(for: 1) == rule(8))
        #expect(cache.rule(for: 2) == nil)
        #expect(cache.rule(for: 32) == nil)
        cache.set(rule(9), for: 32)
        #expect(cache.rule(for: 32) == rule(9))
        #expect(cache.rule(for: 0) == nil)
    }

    @Test func growsWithTheFile() {
        #expect(UnwindRuleCache(functionCount: 0).byteCount == 32 * 24)
        #expect(UnwindRuleCache(functionCount: 1000).byteCount == 1024 * 24)
        #expect(UnwindRuleCache(functionCount: Int.max).byteCount == 2048 * 24)
    }

    @Test func knowsAddressesFarApart() {
        let cache = UnwindRuleCache(functionCount: 64)
        for address in [0, 1 << 30 - 1, 1 << 40, UInt64.max - 1] as [UInt64] {
            cache.set(rule(1), for: address)
            #expect(cache.rule(for: address) == rule(1))
        }
    }
}

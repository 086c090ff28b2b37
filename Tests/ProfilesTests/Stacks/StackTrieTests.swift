// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct StackTrieTests {
    @Test func givesEqualStacksOneNode() throws {
        var trie = StackTrie<Int>(nodeLimit: 100)
        let first = try #require(trie.insert(leafFirst: [3, 2, 1]))
        #expect(trie.insert(leafFirst: [3, 2, 1]) == first)
        #expect(trie.frames(of: first) == [3, 2, 1])
        #expect(trie.count == 3)
    }

    @Test func sharesCallersAndNothingElse() throws {
        var trie = StackTrie<Int>(nodeLimit: 100)
        let leaf = try #require(trie.insert(leafFirst: [3, 2, 1]))
        let other = try #require(trie.insert(leafFirst: [4, 2, 1]))
        let caller = try #require(trie.insert(leafFirst: [2, 1]))
        // The same frame under another caller, and recursion, are other nodes.
        let elsewhere = try #require(trie.insert(leafFirst: [3, 1]))
        let recursive = try #require(trie.insert(leafFirst: [1, 1]))
        #expect(Set([leaf, other, caller, elsewhere, recursive]).count == 5)
        #expect(trie.count == 6)
        #expect(trie.frames(of: elsewhere) == [3, 1])
        #expect(trie.frames(of: recursive) == [1, 1])
    }

    @Test func hasNoNodeForNothing() {
        var trie = StackTrie<Int>(nodeLimit: 100)
        #expect(trie.insert(leafFirst: []) == nil)
        #expect(trie.overflows == 0)
    }

    @Test func staysWithinItsLimitAndCountsWhatItTurnsAway() throws {
        var trie = StackTrie<Int>(nodeLimit: 3)
        let known = try #require(trie.insert(leafFirst: [3, 2, 1]))
        #expect(trie.insert(leafFirst: [4, 3, 2, 1]) == nil)
        #expect(trie.insert(leafFirst: [3, 2, 1]) == known)
        #expect(trie.count == 3)
        #expect(trie.overflows == 1)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct StackTrieTests {
    private func node(
        _ frames: [Int],
        in trie: inout StackTrie<Int>
    ) throws -> StackTrie<Int>.Node {
        let node = trie.insert(leafFirst: frames)
        return try #require(node)
    }

    @Test func givesEqualStacksOneNode() throws {
        var trie = StackTrie<Int>(nodeLimit: 100)
        let first = try node([3, 2, 1], in: &trie)
        let again = try node([3, 2, 1], in: &trie)
        #expect(again == first)
        #expect(trie.frames(of: first) == [3, 2, 1])
        #expect(trie.count == 3)
    }

    @Test func sharesCallersAndNothingElse() throws {
        var trie = StackTrie<Int>(nodeLimit: 100)
        let leaf = try node([3, 2, 1], in: &trie)
        let other = try node([4, 2, 1], in: &trie)
        let caller = try node([2, 1], in: &trie)
        // The same frame under another caller, and recursion, are other nodes.
        let elsewhere = try node([3, 1], in: &trie)
        let recursive = try node([1, 1], in: &trie)
        #expect(Set([leaf, other, caller, elsewhere, recursive]).count == 5)
        #expect(trie.count == 6)
        #expect(trie.frames(of: elsewhere) == [3, 1])
        #expect(trie.frames(of: recursive) == [1, 1])
    }

    @Test func growsFromACallerFrameByFrame() throws {
        var trie = StackTrie<Int>(nodeLimit: 3)
        let root = trie.insert(1, under: nil)
        let leaf = trie.insert(2, under: root)
        let same = try node([2, 1], in: &trie)
        #expect(leaf == same)
        let found = try #require(leaf)
        #expect(trie.frame(of: found) == 2)
        #expect(trie.parent(of: found) == root)
        #expect(root.map { trie.parent(of: $0) } == .some(nil))
        let third = trie.insert(3, under: leaf)
        let fourth = trie.insert(4, under: leaf)
        #expect(third != nil)
        #expect(fourth == nil)
        #expect(trie.overflows == 1)
    }

    @Test func hasNoNodeForNothing() {
        var trie = StackTrie<Int>(nodeLimit: 100)
        let nothing = trie.insert(leafFirst: [])
        #expect(nothing == nil)
        #expect(trie.overflows == 0)
    }

    @Test func staysWithinItsLimitAndCountsWhatItTurnsAway() throws {
        var trie = StackTrie<Int>(nodeLimit: 3)
        let known = try node([3, 2, 1], in: &trie)
        let turnedAway = trie.insert(leafFirst: [4, 3, 2, 1])
        #expect(turnedAway == nil)
        let again = try node([3, 2, 1], in: &trie)
        #expect(again == known)
        #expect(trie.count == 3)
        #expect(trie.overflows == 1)
    }
}

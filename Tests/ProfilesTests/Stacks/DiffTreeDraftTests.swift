// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct DiffTreeDraftTests {
    private func comparison(functions: Int) -> ProfileComparison {
        var base = StackFixture()
        var new = StackFixture()
        for index in 1...functions {
            base.add("main f\(index) leaf\(index)", samples: UInt64(index))
            new.add("main f\(index) leaf\(index)", samples: UInt64(2 * index))
        }
        return ProfileComparison(
            base: ProfileComparison.Side(name: "base", profile: base.build()),
            new: ProfileComparison.Side(name: "new", profile: new.build()),
            isNormalized: false
        )
    }

    @Test(arguments: [2, 3, 7, 20, 99, 202]) func staysWithinTheLimit(maximum: Int) {
        var draft = DiffTreeDraft(comparison(functions: 100))
        let omitted = draft.cut(toNodes: maximum)
        let nodes = draft.nodes()
        #expect(nodes.count <= maximum)
        #expect(omitted > 0 || nodes.count == 202)
        // Nothing is lost: what was left out is in nodes that say so.
        #expect(nodes.reduce(0) { $0 + $1.own.base } == 50_500)
        #expect(nodes.reduce(0) { $0 + $1.own.new } == 101_000)
        #expect(nodes.contains { $0.kind == .other } == (omitted > 0))
    }

    @Test func keepsTheHeaviest() {
        var draft = DiffTreeDraft(comparison(functions: 100))
        _ = draft.cut(toNodes: 12)
        let names = draft.nodes().map(\.function)
        #expect(names.contains("f100") && names.contains("leaf99") && !names.contains("f1"))
    }

    @Test func doesNotCutWhatFits() {
        var draft = DiffTreeDraft(comparison(functions: 3))
        #expect(draft.cut(toNodes: 8) == 0)
        #expect(draft.nodes().count == 8)
    }

    @Test func keepsStacksWithoutTheirCallersApart() {
        var fixture = StackFixture()
        fixture.add("f", end: .broken(.noRule))
        fixture.add("main f+g")
        let side = ProfileComparison.Side(name: "x", profile: fixture.build())
        let nodes = DiffTreeDraft(ProfileComparison(base: side, new: side)).nodes()
        #expect(nodes.map(\.function) == ["[all]", "[broken: no_rule]", "f", "main", "f", "g"])
        let kinds: [CallTree.Kind] = [.all, .incomplete]
        #expect(nodes.map(\.kind) == kinds + Array(repeating: .function, count: 4))
        #expect(nodes.map(\.isInlined) == [false, false, false, false, false, true])
    }
}

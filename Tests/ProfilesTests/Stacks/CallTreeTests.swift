// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite
struct CallTreeTests {
    /// One line for each node: indented by depth, with own and total samples.
    private func lines(_ tree: CallTree) -> [String] {
        tree.nodes.map { node in
            String(repeating: " ", count: node.depth)
                + "\(node.function) \(node.own.samples)/\(node.total.samples)"
        }
    }

    @Test func mergesFromTheRootWithTheHeaviestFirst() {
        var fixture = StackFixture()
        fixture.add("main f", samples: 1)
        fixture.add("main g f", samples: 3)
        fixture.add("main g", samples: 2)
        fixture.add("start", samples: 5)
        let tree = CallTree(fixture.build())
        #expect(
            lines(tree) == [
                "[all] 0/11", " main 0/6", "  g 2/5", "   f 3/3", "  f 1/1", " start 5/5",
            ]
        )
        #expect(tree.nodes.map(\.descendants) == [5, 3, 1, 0, 0, 0])
        #expect(tree.nodes.map(\.object) == ["", "busy", "busy", "busy", "busy", "busy"])
        #expect(tree.nodes[0].total.nanoseconds == 110)
        #expect(tree.depth == 3)
        #expect(tree.omittedNodes == 0)
    }

    @Test func sortsEqualWeightsByName() {
        var fixture = StackFixture()
        for name in ["c", "a", "b"] { fixture.add(name) }
        #expect(CallTree(fixture.build()).nodes.map(\.function) == ["[all]", "a", "b", "c"])
    }

    @Test func showsInlinedFunctionsAsCalled() {
        var fixture = StackFixture()
        fixture.add("main outer+inner")
        fixture.add("main both+leaf")
        fixture.add("main both leaf")
        let tree = CallTree(fixture.build())
        #expect(
            lines(tree) == [
                "[all] 0/3", " main 0/3", "  both 0/2", "   leaf 2/2", "  outer 0/1",
                "   inner 1/1",
            ]
        )
        // A function that was called once is not an inlined one.
        #expect(tree.nodes.map(\.isInlined) == [false, false, false, false, false, true])
    }

    @Test func keepsStacksWithoutTheirCallersApart() {
        var fixture = StackFixture()
        fixture.add("main f", samples: 3)
        fixture.add("f", samples: 2, end: .truncated(.copyEnd))
        fixture.add("f", samples: 1, end: .broken(.noRule))
        let tree = CallTree(fixture.build())
        #expect(
            lines(tree) == [
                "[all] 0/6", " main 0/3", "  f 3/3", " [truncated: copy_end] 0/2", "  f 2/2",
                " [broken: no_rule] 0/1", "  f 1/1",
            ]
        )
        #expect(tree.nodes[3].kind == .incomplete)
    }

    @Test func aFunctionWithTheNameOfAMarkIsNoMark() {
        var fixture = StackFixture()
        fixture.add("[other]")
        #expect(CallTree(fixture.build()).nodes.map(\.kind) == [.all, .function])
    }

    @Test func anEmptyStackIsUnknown() {
        var fixture = StackFixture()
        fixture.add("")
        fixture.add("", end: .broken(.unmapped))
        #expect(
            lines(CallTree(fixture.build())) == [
                "[all] 0/2", " [broken: unmapped] 0/1", "  [unknown] 1/1", " [unknown] 1/1",
            ]
        )
    }

    @Test func anEmptyProfileHasOnlyItsRoot() {
        #expect(lines(CallTree(StackFixture().build())) == ["[all] 0/0"])
    }

    @Test func leavesTheLightestOutAndSaysWhatTheyWeigh() {
        var fixture = StackFixture()
        fixture.add("main a b", samples: 8)
        fixture.add("main c d", samples: 2)
        fixture.add("main e", samples: 1)
        let tree = CallTree(fixture.build(), maximumNodes: 5)
        #expect(
            lines(tree) == [
                "[all] 0/11", " main 0/11", "  a 0/8", "   b 8/8", "  [other] 3/3",
            ]
        )
        #expect(tree.omittedNodes == 3)
        #expect(tree.nodes.last?.kind == .other)
    }
}

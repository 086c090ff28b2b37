// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct DiffTreeTests {
    private func side(_ stacks: [(String, UInt64)]) -> ProfileComparison.Side {
        var fixture = StackFixture()
        for (stack, samples) in stacks { fixture.add(stack, samples: samples) }
        return ProfileComparison.Side(name: "x", profile: fixture.build())
    }

    private func lines(_ tree: DiffTree) -> [String] {
        tree.nodes.map { node in
            String(repeating: "-", count: node.depth)
                + "\(node.function) \(node.total.base)/\(node.total.new)"
        }
    }

    @Test func hasBothWeightsOfEachWay() {
        let tree = DiffTree(
            ProfileComparison(
                base: side([("main f", 1), ("main g", 4)]),
                new: side([("main f", 3), ("main h f", 2), ("main g", 4)]),
                isNormalized: false
            )
        )
        #expect(
            lines(tree) == [
                "[all] 50/90", "-main 50/90", "--f 10/30", "--h 0/20", "---f 0/20", "--g 40/40",
            ]
        )
        #expect(tree.nodes.map(\.gross) == [40, 40, 20, 20, 20, 0])
        #expect(tree.nodes.map(\.own.new) == [0, 0, 30, 0, 20, 40])
    }

    @Test func addsIncreasesAndDecreasesUp() {
        let comparison = ProfileComparison(
            base: side([("m f", 1), ("m g", 3)]),
            new: side([("m f", 3), ("m g", 1)])
        )
        let tree = DiffTree(comparison)
        // Half of the whole moved away from one and to the other.
        #expect(tree.nodes.map(\.gross) == [1, 1, 0.5, 0.5])
        #expect(tree.nodes.map(\.depth) == [0, 1, 2, 2])
    }

    @Test func isARootWhereThereIsNothing() {
        let tree = DiffTree(ProfileComparison(base: side([]), new: side([])))
        #expect(lines(tree) == ["[all] 0/0"])
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct CallTreeDraftTests {
    private func randomProfile(seed: UInt64) -> Profile {
        var random = SplitMix64(seed: seed)
        var fixture = StackFixture()
        let ends: [StackEnd] = [.complete, .complete, .truncated(.frameLimit), .broken(.noImage)]
        for _ in 0..<200 {
            let names = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                String("abcd".randomElement(using: &random) ?? "a")
            }
            fixture.add(
                names.joined(separator: " "),
                samples: UInt64.random(in: 0...9, using: &random),
                end: ends.randomElement(using: &random) ?? .complete
            )
        }
        return fixture.build()
    }

    @Test(arguments: [2, 3, 10, 57, 200, 1_000_000])
    func staysWithinTheLimitAndLosesNoWeight(maximum: Int) {
        for seed in 0..<20 as Range<UInt64> {
            let profile = randomProfile(seed: seed)
            var draft = CallTreeDraft(profile)
            let whole = draft.nodes().count
            let omitted = draft.cut(toNodes: maximum)
            let nodes = draft.nodes()
            let others = nodes.count { $0.kind == .other }
            #expect(nodes.count <= max(2, maximum))
            #expect(nodes.count - others + omitted == whole)
            #expect((omitted == 0) == (others == 0))
            let own = nodes.reduce(into: ProfileWeight()) { $0 += $1.own }
            #expect(own == profile.weight)
            #expect(nodes[0].total == profile.weight)
        }
    }

    @Test(arguments: [5, 40, 1_000_000])
    func eachNodeWeighsItsOwnAndItsChildren(maximum: Int) {
        var draft = CallTreeDraft(randomProfile(seed: 77))
        _ = draft.cut(toNodes: maximum)
        let nodes = draft.nodes()
        for (index, node) in nodes.enumerated() {
            let below = nodes[(index + 1)...].prefix(node.descendants)
            #expect(below.count == node.descendants)
            #expect(below.allSatisfy { $0.depth > node.depth })
            var sum = node.own
            for child in below where child.depth == node.depth + 1 { sum += child.total }
            #expect(sum == node.total)
        }
    }

    @Test func weightsThatOverflowDoNotTrap() {
        var fixture = StackFixture()
        fixture.add("a b", samples: UInt64.max / 10)
        fixture.add("a c", samples: UInt64.max / 10)
        fixture.add("a d e", samples: UInt64.max / 10)
        var draft = CallTreeDraft(fixture.build())
        _ = draft.cut(toNodes: 3)
        #expect(draft.nodes().count <= 3)
    }
}

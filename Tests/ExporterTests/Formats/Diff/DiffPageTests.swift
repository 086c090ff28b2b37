// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Profiles
import Testing

@testable import Exporter

@Suite("DiffPage")
struct DiffPageTests {
    private struct Page: Decodable {
        struct Side: Decodable {
            let name: String
            let target: String
            let samples: UInt64
            let nanoseconds: UInt64
        }
        struct Comparison: Decodable {
            let isNormalized: Bool
            let hasClock: Bool
            let base: Side
            let new: Side
        }
        struct Nodes: Decodable {
            let depth: [Int]
            let flags: [Int]
            let name: [Int]
            let object: [Int]
            let base: [UInt64]
            let new: [UInt64]
        }
        struct Functions: Decodable {
            let name: [Int]
            let object: [Int]
            let ownBase: [UInt64]
            let ownNew: [UInt64]
            let totalBase: [UInt64]
            let totalNew: [UInt64]
        }

        let target: String
        let comparison: Comparison
        let omittedNodes: Int
        let omittedFunctions: Int
        let nodes: Nodes
        let functions: Functions
        let names: [String]
        let objects: [String]
        let colors: [String]
    }

    private var comparison: ProfileComparison {
        ProfileComparison(
            base: ProfileComparison.Side(name: "before.pb.gz", profile: SampleProfiles.busy),
            new: ProfileComparison.Side(name: "</script>.html", profile: SampleProfiles.changed)
        )
    }

    private func page(
        limits: FlameGraphPage.Limits = FlameGraphPage.Limits()
    ) throws -> Page {
        var data = FlameGraphData()
        data.append(comparison, limits: limits)
        return try JSONDecoder().decode(Page.self, from: Data(data.bytes))
    }

    @Test("gives the golden bytes")
    func golden() throws {
        try Golden.expect(DiffPage.encode(comparison), in: "busy-changed.diff.html")
    }

    @Test("names both inputs, and no name is markup")
    func names() throws {
        let page = try page()
        #expect(page.target == "before.pb.gz \u{2192} </script>.html: cpu difference")
        #expect(page.comparison.isNormalized && page.comparison.hasClock)
        #expect(page.comparison.base.name == "before.pb.gz")
        #expect(page.comparison.base.samples == SampleProfiles.busy.sampleCount)
        #expect(page.comparison.new.nanoseconds == SampleProfiles.changed.nanoseconds)
        let html = String(decoding: DiffPage.encode(comparison), as: UTF8.self)
        // The data's element and the script's.
        #expect(html.ranges(of: "</script>").count == 2)
        #expect(html.contains("&lt;/script&gt;.html: cpu difference</title>"))
    }

    @Test("columns are equally long, and weights are those of either side")
    func columns() throws {
        let page = try page()
        let nodes = page.nodes
        let lengths = [nodes.depth, nodes.flags, nodes.name, nodes.object].map(\.count)
        #expect(Set(lengths + [nodes.base.count, nodes.new.count]).count == 1)
        #expect(nodes.base.reduce(0, +) == SampleProfiles.busy.nanoseconds)
        #expect(nodes.new.reduce(0, +) == SampleProfiles.changed.nanoseconds)
        #expect((nodes.name + page.functions.name).allSatisfy(page.names.indices.contains))
        #expect((nodes.object + page.functions.object).allSatisfy(page.objects.indices.contains))
        #expect(page.functions.ownBase.reduce(0, +) == SampleProfiles.busy.nanoseconds)
        #expect(page.names[page.functions.name[0]] == "hot_thirty")
    }

    @Test("what the limits leave out is counted")
    func limits() throws {
        var limits = FlameGraphPage.Limits()
        limits.nodes = 10
        limits.functions = 3
        let page = try page(limits: limits)
        #expect(page.nodes.name.count <= 10 && page.omittedNodes > 0)
        #expect(page.functions.name.count == 3 && page.omittedFunctions > 0)
        #expect(page.nodes.new.reduce(0, +) == SampleProfiles.changed.nanoseconds)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphData")
struct FlameGraphDataTests {
    private struct Page: Decodable {
        struct Nodes: Decodable {
            let depth: [Int]
            let flags: [Int]
            let name: [Int]
            let object: [Int]
            let samples: [UInt64]
            let nanoseconds: [UInt64]
        }
        struct Functions: Decodable {
            let name: [Int]
            let object: [Int]
            let ownSamples: [UInt64]
            let ownNanoseconds: [UInt64]
            let totalSamples: [UInt64]
            let totalNanoseconds: [UInt64]
        }

        let target: String
        let kind: String
        let start: UInt64
        let duration: UInt64
        let period: UInt64
        let samples: UInt64
        let nanoseconds: UInt64
        let incomplete: UInt64
        let omittedNodes: Int
        let omittedFunctions: Int
        let nodes: Nodes
        let functions: Functions
        let names: [String]
        let objects: [String]
        let colors: [String]
    }

    private func page(
        _ profile: Profile,
        limits: FlameGraphPage.Limits = FlameGraphPage.Limits()
    ) throws -> Page {
        var data = FlameGraphData()
        data.append(profile, limits: limits)
        return try JSONDecoder().decode(Page.self, from: Data(data.bytes))
    }

    @Test("columns are equally long, and each index has its text")
    func columns() throws {
        let profile = SampleProfiles.busy
        let page = try page(profile)
        let nodes = page.nodes
        let lengths = [nodes.depth, nodes.flags, nodes.name, nodes.object].map(\.count)
        #expect(Set(lengths) == [CallTree(profile).nodes.count])
        #expect(nodes.samples.reduce(0, +) == profile.sampleCount)
        #expect(nodes.nanoseconds.reduce(0, +) == profile.nanoseconds)
        #expect((nodes.name + page.functions.name).allSatisfy(page.names.indices.contains))
        #expect((nodes.object + page.functions.object).allSatisfy(page.objects.indices.contains))
        #expect(page.colors == page.objects.map(FramePalette.color))
        #expect(nodes.flags.contains(5), "a frame that is inlined")
        #expect(nodes.flags.contains(2), "callers that were not found")
    }

    @Test("functions of no known object have colours all the same")
    func unplaced() throws {
        let bytes = FoldedFormat.encode(SampleProfiles.busy)
        let page = try page(ProfileReader.read(bytes, hints: ReadProfiles.hints))
        #expect(page.duration == 0 && page.period == 0, "the page shows no times then")
        #expect(Set(page.objects) == [""])
        #expect(page.objects.count > 3 && page.colors.count == page.objects.count)
        let marked = zip(page.nodes.name, page.nodes.object)
            .filter { page.colors[$0.1] == FramePalette.marked }
            .map { page.names[$0.0] }
        #expect(marked.allSatisfy { $0.hasPrefix("[") } && marked.contains("[kernel]"))
    }

    @Test("the header says what the profile says")
    func header() throws {
        let page = try page(SampleProfiles.busy)
        #expect(page.target == "busy & <co> (812)")
        #expect(page.kind == "cpu")
        #expect(page.start == 1_790_000_000_000)
        #expect(page.duration == 10_000_000_000)
        #expect(page.samples == 1050)
        #expect(page.incomplete == 23 * 10_101_010)
    }

    @Test("what the limits leave out is counted")
    func limits() throws {
        var limits = FlameGraphPage.Limits()
        limits.nodes = 10
        limits.functions = 3
        let page = try page(SampleProfiles.busy, limits: limits)
        #expect(page.nodes.name.count <= 10)
        #expect(page.omittedNodes > 0)
        #expect(page.functions.name.count == 3)
        let all = FunctionTable(SampleProfiles.busy).rows.count
        #expect(page.omittedFunctions == all - 3)
        #expect(page.nodes.samples.reduce(0, +) == page.samples)
    }

    @Test("names stand as they are, but for what cannot be seen")
    func names() throws {
        let page = try page(SampleProfiles.busy)
        for name in SampleProfiles.hostileNames {
            #expect(page.names.contains(VisibleText(replacingControlsIn: name).description))
        }
    }
}

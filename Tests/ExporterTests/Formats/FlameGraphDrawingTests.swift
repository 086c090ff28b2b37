// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("FlameGraphDrawing")
struct FlameGraphDrawingTests {
    private func svg(_ profile: Profile, _ layout: FlameGraphImage.Layout) -> String {
        var drawing = FlameGraphDrawing(tree: CallTree(profile), layout: layout)
        return String(decoding: drawing.draw(title: "t"), as: UTF8.self)
    }

    @Test("a frame too narrow is left out")
    func narrow() {
        var layout = FlameGraphImage.Layout()
        let all = svg(SampleProfiles.busy, layout).ranges(of: "<g>").count
        #expect(all == CallTree(SampleProfiles.busy).nodes.count)
        layout.minimumWidth = 100
        let wide = svg(SampleProfiles.busy, layout)
        #expect(wide.contains("<title>hot_sixty (busy)\n540 samples, 5.455 s, 51.43%</title>"))
        #expect(!wide.contains("memcpy"))
    }

    @Test("frames that are too deep are counted in the title")
    func deep() {
        var layout = FlameGraphImage.Layout()
        layout.maximumRows = 2
        let text = svg(SampleProfiles.wall, layout)
        #expect(text.ranges(of: "<g>").count == 2)
        #expect(text.contains("<title>t, 2 too deep</title>"))
    }

    @Test("neighbours stand side by side, in all as wide as their parent")
    func positions() {
        let layout = FlameGraphImage.Layout()
        let text = svg(SampleProfiles.wall, layout)
        // Four frames above each other, each as wide as the image between its margins.
        #expect(text.ranges(of: "x=\"10.0\"").count == 4)
        #expect(text.ranges(of: "width=\"1179.5\"").count == 4)
        #expect(text.contains("y=\"34.0\"") && text.contains("y=\"88.0\""))
    }

    @Test("weights that overflow do not trap")
    func overflow() {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 0,
            target: ""
        )
        for number in 0..<3 as Range<UInt64> {
            let place = ProfileLocation(mapping: nil, address: Address(number), lines: [])
            let index = builder.index(of: place)
            builder.add(
                stack: [index],
                count: 1,
                nanoseconds: number == 0 ? UInt64.max : 1,
                end: number == 0 ? .complete : .broken(.noRule)
            )
        }
        #expect(svg(builder.build(), FlameGraphImage.Layout()).hasSuffix("</svg>\n"))
    }
}

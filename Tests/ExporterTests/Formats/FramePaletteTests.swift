// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("FramePalette")
struct FramePaletteTests {
    @Test("an object has the same colour in every run")
    func stable() {
        let objects = ["busy", "libc.so.6", "libstdc++.so.6", "python3.13"]
        #expect(
            objects.map(FramePalette.color) == ["#ee8866", "#99ddff", "#ffaabb", "#ee8866"]
        )
    }

    @Test(
        "what is no code of a file has the colour of that",
        arguments: ["", "[kernel]", "[vdso]", "[anonymous]"]
    )
    func marked(object: String) {
        #expect(FramePalette.color(of: object) == FramePalette.marked)
    }

    @Test("a function of no known object has a colour by its name, unless it is no function")
    func byName() {
        let color = FramePalette.color(function: "main", object: "")
        #expect(color == FramePalette.color(of: "main"))
        #expect(FramePalette.color(function: "main", object: "busy") == "#ee8866")
        #expect(FramePalette.color(function: "[kernel]", object: "") == FramePalette.marked)
        #expect(FramePalette.color(function: "x", object: "[vdso]") == FramePalette.marked)
    }

    @Test("every colour is used, and dark text can be read on it")
    func contrast() throws {
        let used = Set((0..<200).map { FramePalette.color(of: "lib\($0).so") })
        #expect(used == Set(FramePalette.colors))
        for color in FramePalette.colors + [FramePalette.marked] {
            // WCAG 2.2, "contrast ratio", against #111111.
            let ratio = (try luminance(color) + 0.05) / (try luminance("#111111") + 0.05)
            #expect(ratio >= 7, "\(color)")
        }
    }

    /// By the powers that stand for the curve of sRGB.
    private func luminance(_ color: String) throws -> Double {
        let value = try #require(UInt32(color.dropFirst(), radix: 16))
        let parts = [value >> 16, value >> 8, value].map { Double($0 & 0xff) / 255 }
        // The square is below the true curve's 2.4th power plus offset by a hair for bright parts.
        let linear = parts.map { $0 * $0 }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

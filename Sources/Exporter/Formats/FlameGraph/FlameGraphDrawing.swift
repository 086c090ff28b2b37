// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Draws a tree as SVG.
struct FlameGraphDrawing {
    private let tree: CallTree
    private let layout: FlameGraphImage.Layout
    private var text = ""
    /// How many frames are not drawn since they are too deep.
    private var hiddenFrames = 0

    private static let margin = 10.0
    private static let titleHeight = 34.0
    /// Of a character in a monospaced font of that size.
    private static let characterWidth = 7.25

    /// A frame and where it is.
    private struct Frame {
        let node: CallTree.Node
        let left: Double
        let width: Double
    }

    init(tree: CallTree, layout: FlameGraphImage.Layout) {
        self.tree = tree
        self.layout = layout
    }

    mutating func draw(title: String) -> [UInt8] {
        let frames = self.frames()
        let rows = (frames.map(\.node.depth).max() ?? 0) + 1
        let height = Self.titleHeight + Double(rows * layout.rowHeight) + Self.margin
        let title = escaped(hiddenFrames > 0 ? "\(title), \(hiddenFrames) too deep" : title)
        text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="\(layout.width)" \
            height="\(decimal(height))" viewBox="0 0 \(layout.width) \(decimal(height))" \
            font-family="monospace" font-size="12">
            <title>\(title)</title>
            <defs><pattern id="marked" width="6" height="6" patternUnits="userSpaceOnUse">\
            <rect width="6" height="6" fill="\(FramePalette.marked)"/>\
            <path d="M0 6 L6 0" stroke="#999999"/></pattern></defs>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="10" y="22" font-size="14" fill="#111111">\(title)</text>

            """
        for frame in frames { append(frame, foot: height - Self.margin) }
        text += "</svg>\n"
        return Array(text.utf8)
    }

    /// The frames that are wide enough and not too deep, each before those above it.
    private mutating func frames() -> [Frame] {
        let whole = Double(tree.nodes[0].total.nanoseconds)
        let scale = (Double(layout.width) - 2 * Self.margin) / max(whole, 1)
        // Where the next child of each open node begins.
        var next = [Self.margin]
        var frames: [Frame] = []
        var index = 0
        while index < tree.nodes.count {
            let node = tree.nodes[index]
            next.removeSubrange((node.depth + 1)...)
            let left = next[node.depth]
            let width = Double(node.total.nanoseconds) * scale
            next[node.depth] += width
            next.append(left)
            if node.depth >= layout.maximumRows {
                hiddenFrames += node.descendants + 1
                index += node.descendants + 1
            } else if width < layout.minimumWidth {
                index += node.descendants + 1
            } else {
                frames.append(Frame(node: node, left: left, width: width))
                index += 1
            }
        }
        return frames
    }

    private mutating func append(_ frame: Frame, foot: Double) {
        let node = frame.node
        let height = Double(layout.rowHeight)
        let top = foot - Double(node.depth + 1) * height
        let color = FramePalette.color(function: node.function, object: node.object)
        let isMarked = node.kind != .all && color == FramePalette.marked
        let share = FixedDecimal.percent(
            node.total.nanoseconds,
            of: tree.nodes[0].total.nanoseconds
        )
        let place = node.object.isEmpty ? "" : " (\(node.object))"
        let seconds = FixedDecimal.seconds(node.total.nanoseconds)
        text += "<g><title>\(escaped("\(node.function)\(place)"))\n"
        text += "\(node.total.samples) samples, \(seconds) s, \(share)%</title>"
        text += "<rect x=\"\(decimal(frame.left))\" y=\"\(decimal(top))\" "
        text += "width=\"\(decimal(max(0.1, frame.width - 0.5)))\" "
        text += "height=\"\(decimal(height - 1))\" "
        text += "fill=\"\(isMarked ? "url(#marked)" : color)\"/>"
        let room = Int((frame.width - 6) / Self.characterWidth)
        if room >= 3 {
            let name = node.function
            let label = name.count > room ? name.prefix(room - 1) + "\u{2026}" : name[...]
            text += "<text x=\"\(decimal(frame.left + 3))\" "
            text += "y=\"\(decimal(top + height - 5))\" fill=\"#111111\">"
            text += "\(escaped(String(label)))</text>"
        }
        text += "</g>\n"
    }

    /// One decimal is a tenth of a pixel, which is as good as more.
    private func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func escaped(_ text: String) -> String {
        HTMLText(escaping: VisibleText(replacingControlsIn: text).description).description
    }
}

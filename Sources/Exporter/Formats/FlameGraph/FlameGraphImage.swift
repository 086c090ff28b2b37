// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The flame graph as an SVG 1.1 image: no script, and names as tooltips.
package enum FlameGraphImage {
    /// The size of the image, and what is too small for it.
    package struct Layout: Sendable {
        /// In pixels, as everything here.
        package var width = 1200
        package var rowHeight = 18
        /// A narrower frame is not drawn.
        package var minimumWidth = 0.3
        /// Frames before those that are too narrow are taken out.
        package var maximumNodes = 20_000
        /// Deeper frames are not drawn, and the title says so.
        package var maximumRows = 500

        package init() {}
    }

    /// The image as UTF-8, with the root at its foot.
    package static func encode(_ profile: Profile, layout: Layout = Layout()) -> [UInt8] {
        var drawing = FlameGraphDrawing(
            tree: CallTree(profile, maximumNodes: layout.maximumNodes),
            layout: layout
        )
        return drawing.draw(title: title(of: profile))
    }

    private static func title(of profile: Profile) -> String {
        let weight = profile.weight
        guard profile.hasClock else { return "\(profile.target): \(weight.samples) samples" }
        let rate = FixedDecimal.hertz(periodNanoseconds: profile.periodNanoseconds)
        return "\(profile.target): \(FixedDecimal.seconds(weight.nanoseconds)) s of "
            + "\(profile.kind.rawValue) time, \(weight.samples) samples at \(rate) Hz in "
            + "\(FixedDecimal.seconds(profile.durationNanoseconds)) s"
    }
}

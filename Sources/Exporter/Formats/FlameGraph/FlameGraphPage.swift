// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The flame graph as one HTML file, which needs nothing else and asks no network for anything.
///
/// Its policy lets the browser run the script of the template and nothing more, and that script
/// makes text and never markup of what is in the data.
package enum FlameGraphPage {
    /// What a browser draws smoothly and a network carries quickly.
    package struct Limits: Sendable {
        /// Frames of the graph; lighter ones are joined as `[other]`.
        package var nodes = 50_000
        /// Rows of the table; the page says how many are missing.
        package var functions = 5_000

        package init() {}
    }

    /// The policy of the page, as the header of a server's answer: its forms reach that server.
    ///
    /// A browser keeps to the header and to the page's own both, and only a header can say that no
    /// other page may have this one in a frame.
    package static let contentSecurityPolicy =
        FlameGraphTemplate.policy + "; form-action 'self'; frame-ancestors 'none'"

    /// The data of the page alone, as one JSON object.
    ///
    /// `nodes` is the graph in columns, the root first and then depth first: `depth`, `name` and
    /// `object` as indices of `names` and `objects`, and `samples` and `nanoseconds` of the node
    /// as a leaf. In `flags`, 0 is the root, 1 a function, 2 callers that were not found and 3
    /// what was left out; 4 is added where the function was inlined. `functions` has own and total
    /// weights of each function, the heaviest first.
    package static func encodeData(_ profile: Profile, limits: Limits = Limits()) -> [UInt8] {
        var data = FlameGraphData()
        data.append(profile, limits: limits)
        return data.bytes
    }

    /// The page as UTF-8.
    package static func encode(_ profile: Profile, limits: Limits = Limits()) -> [UInt8] {
        encode(profile, limits: limits, controls: nil)
    }

    /// The page as UTF-8, with HTML above the graph that picks other profiles; nil for none, as in
    /// a page that is a file.
    static func encode(
        _ profile: Profile,
        limits: Limits = Limits(),
        controls: String?
    ) -> [UInt8] {
        let target = VisibleText(replacingControlsIn: profile.target).description
        let title = "\(target): \(profile.kind.rawValue) flame graph"
        return page(title: title, controls: controls) { data in
            data.append(profile, limits: limits)
        }
    }

    /// The template with a title, which must be visible text, with controls or none, and with data.
    static func page(
        title: String,
        controls: String?,
        appendData: (inout FlameGraphData) -> Void
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in [
            FlameGraphTemplate.beforeFormAction, controls == nil ? "'none'" : "'self'",
            FlameGraphTemplate.beforeTitle, HTMLText(escaping: title).description,
            FlameGraphTemplate.beforeControls, controls ?? "", FlameGraphTemplate.beforeData,
        ] {
            bytes.append(contentsOf: part.utf8)
        }
        var data = FlameGraphData(bytes: bytes)
        appendData(&data)
        bytes = data.bytes
        bytes.append(contentsOf: FlameGraphTemplate.afterData.utf8)
        return bytes
    }
}

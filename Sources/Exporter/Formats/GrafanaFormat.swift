// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Writes a profile as rows of Grafana's flame graph panel.
///
/// A JSON array of objects with the fields that the panel asks for, by these names: `level`, from 0
/// at the one root; `label`; `value`, a node and all below it; `self`, the node alone. Depth first.
/// The fields and their order are in Grafana's documentation of the panel's data API.
package enum GrafanaFormat {
    /// The most nodes by default; what the lightest beyond it weigh is in nodes named `[other]`.
    package static let maximumNodes = 20_000

    /// The profile's rows; values are nanoseconds.
    package static func encode(
        _ profile: Profile,
        maximumNodes: Int = Self.maximumNodes
    ) -> [UInt8] {
        let tree = CallTree(profile, maximumNodes: maximumNodes)
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (index, node) in tree.nodes.enumerated() {
            bytes.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
            bytes.append(contentsOf: "{\"level\":\(node.depth),\"label\":".utf8)
            JSONText.append(
                VisibleText(replacingControlsIn: node.function).description,
                to: &bytes
            )
            bytes.append(contentsOf: ",\"value\":\(node.total.nanoseconds)".utf8)
            bytes.append(contentsOf: ",\"self\":\(node.own.nanoseconds)}".utf8)
        }
        bytes.append(contentsOf: "\n]\n".utf8)
        return bytes
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The stacks of a profile, merged from the root: one node for each way to a function.
///
/// Functions are one by name and object, and inlined functions are nodes like others. A stack whose
/// outermost callers were not found is under a node of its own that says so, and never under a
/// function that did not call it.
package struct CallTree: Sendable {
    /// What a node stands for.
    package enum Kind: UInt8, Hashable, Sendable {
        /// All stacks.
        case all = 0
        case function = 1
        /// The callers that were not found, with the reason as its name.
        case incomplete = 2
        /// What the limit left out of its parent.
        case other = 3
    }

    package struct Node: Hashable, Sendable {
        package let kind: Kind
        /// As in `FrameName`, or a title in brackets.
        package let function: String
        /// As in `FrameName`; empty where the node is no function.
        package let object: String
        /// Whether the compiler put it into its caller wherever it was found here.
        package let isInlined: Bool
        /// 0 for the root.
        package let depth: Int
        /// How many nodes are below it; they follow it directly.
        package let descendants: Int
        /// What it weighs as the leaf of a stack.
        package let own: ProfileWeight
        /// Its own weight and that of all nodes below it.
        package let total: ProfileWeight
    }

    /// The root, then depth first; among siblings the heaviest first, and by name where that is
    /// equal.
    package let nodes: [Node]
    /// How many nodes the limit left out.
    package let omittedNodes: Int

    /// - Parameter maximumNodes: at least 2. The lightest nodes are left out beyond it, and what
    ///   they weigh is in nodes named `[other]`, which count towards it.
    package init(_ profile: Profile, maximumNodes: Int = 50_000) {
        var draft = CallTreeDraft(profile)
        omittedNodes = draft.cut(toNodes: max(2, maximumNodes))
        nodes = draft.nodes()
    }

    /// How deep the deepest node is.
    package var depth: Int { nodes.reduce(0) { max($0, $1.depth) } }
}

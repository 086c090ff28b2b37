// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The stacks of two profiles, merged from the root: one node for each way to a function, with what
/// it weighs on either side.
///
/// As in `CallTree`, a stack whose outermost callers were not found is under a node that says so.
package struct DiffTree: Sendable {
    package struct Node: Hashable, Sendable {
        package let kind: CallTree.Kind
        /// As in `CallTree.Node`.
        package let function: String
        /// As in `CallTree.Node`.
        package let object: String
        /// Whether the compiler put it into its caller wherever it was found here.
        package let isInlined: Bool
        /// 0 for the root.
        package let depth: Int
        /// What it weighs as the leaf of a stack.
        package let own: DiffWeights
        /// Its own weights and those of all nodes below it.
        package let total: DiffWeights
        /// The sum of all increases and all decreases of own weights in it and below it, in parts
        /// of the whole or in nanoseconds.
        package let gross: Double
    }

    /// The root, then depth first; among siblings the one with the largest gross change first, and
    /// by name where that is equal.
    package let nodes: [Node]
    /// How many nodes the limit left out.
    package let omittedNodes: Int

    /// - Parameter maximumNodes: at least 2. The lightest nodes are left out beyond it, and what
    ///   they weigh is in nodes named `[other]`, which count towards it.
    package init(_ comparison: ProfileComparison, maximumNodes: Int = 50_000) {
        var draft = DiffTreeDraft(comparison)
        omittedNodes = draft.cut(toNodes: max(2, maximumNodes))
        nodes = draft.nodes()
    }
}

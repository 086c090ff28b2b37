// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A bounded tree of stacks: each node is a frame under its caller, so stacks share their roots.
///
/// A stack is named by the node of its leaf. Nodes are only added, so a name stays good as long as
/// the tree.
package struct StackTrie<Frame: Hashable & Sendable>: Sendable {
    /// A node of one tree.
    package struct Node: Hashable, Sendable {
        fileprivate let index: UInt32
    }

    private struct Entry {
        let frame: Frame
        /// The caller's node; `noParent` for an outermost frame.
        let parent: UInt32
    }

    private struct Edge: Hashable {
        let frame: Frame
        let parent: UInt32
    }

    private static var noParent: UInt32 { .max }

    /// The most nodes the tree may have.
    package let nodeLimit: Int
    /// Stacks that found no room for a frame.
    package private(set) var overflows: UInt64 = 0
    private var entries: [Entry] = []
    private var edges: [Edge: UInt32] = [:]

    package init(nodeLimit: Int) { self.nodeLimit = min(nodeLimit, Int(UInt32.max) - 1) }

    /// How many nodes there are.
    package var count: Int { entries.count }

    /// The node of a stack whose frames are given the leaf first.
    ///
    /// - Returns: nil for an empty stack, and where the limit of nodes leaves no room.
    package mutating func insert(leafFirst frames: some BidirectionalCollection<Frame>) -> Node? {
        var parent = Self.noParent
        for frame in frames.reversed() {
            guard let index = index(of: frame, under: parent) else { return nil }
            parent = index
        }
        return parent == Self.noParent ? nil : Node(index: parent)
    }

    /// The node of a frame that a node of this tree calls; without one, of an outermost frame.
    ///
    /// - Returns: nil where the limit of nodes leaves no room.
    package mutating func insert(_ frame: Frame, under parent: Node?) -> Node? {
        index(of: frame, under: parent?.index ?? Self.noParent).map { Node(index: $0) }
    }

    private mutating func index(of frame: Frame, under parent: UInt32) -> UInt32? {
        let edge = Edge(frame: frame, parent: parent)
        if let known = edges[edge] { return known }
        guard entries.count < nodeLimit else {
            overflows += 1
            return nil
        }
        let index = UInt32(entries.count)
        entries.append(Entry(frame: frame, parent: parent))
        edges[edge] = index
        return index
    }

    /// The frame of a node of this tree.
    package func frame(of node: Node) -> Frame { entries[Int(node.index)].frame }

    /// The node that calls it; nil for an outermost one.
    package func parent(of node: Node) -> Node? {
        let parent = entries[Int(node.index)].parent
        return parent == Self.noParent ? nil : Node(index: parent)
    }

    /// The frames of a stack, the leaf first.
    package func frames(of node: Node) -> [Frame] {
        var frames: [Frame] = []
        var index = node.index
        // A parent is always older than its child, so this ends.
        while index != Self.noParent, Int(index) < entries.count {
            frames.append(entries[Int(index)].frame)
            index = entries[Int(index)].parent
        }
        return frames
    }
}

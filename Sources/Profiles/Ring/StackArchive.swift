// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Stacks with their names, each part kept once: what many profiles of one program are made of.
///
/// It only grows; what is needed of it is taken over into a new one. Numbers of one archive mean
/// nothing in another, which has another generation.
package struct StackArchive: Sendable {
    /// Most nodes of stacks, and most distinct sets of labels.
    package struct Limits: Sendable {
        package var nodes = 1 << 20
        package var labels = 4_096

        package init() {}
    }

    package let generation: UInt32
    private let limits: Limits
    private var mappings = NumberedSet<ProfileMapping>()
    private var functions = NumberedSet<ProfileFunction>()
    private var locations = NumberedSet<ArchivedLocation>()
    private var labels = NumberedSet<ProfileSample.Labels>()
    private var trie: StackTrie<Int32>
    private var textBytes = 0

    package init(limits: Limits = Limits(), generation: UInt32 = 0) {
        self.limits = limits
        self.generation = generation
        trie = StackTrie(nodeLimit: limits.nodes)
    }

    /// Frames under distinct callers.
    package var nodeCount: Int { trie.count }

    /// Stacks that found no room.
    package var overflows: UInt64 { trie.overflows }

    /// The number of a mapping, new or known.
    package mutating func number(of mapping: ProfileMapping) -> Int32 {
        let (number, isNew) = mappings.insert(mapping)
        if isNew { textBytes += mapping.path.utf8.count + mapping.buildID.utf8.count }
        return Int32(number)
    }

    /// The number of a function, new or known.
    package mutating func number(of function: ProfileFunction) -> Int32 {
        let (number, isNew) = functions.insert(function)
        if isNew {
            textBytes += function.name.utf8.count
            if function.systemName != function.name { textBytes += function.systemName.utf8.count }
        }
        return Int32(number)
    }

    /// The number of a location, new or known, whose parts are this archive's.
    package mutating func number(of location: ArchivedLocation) -> Int32 {
        Int32(locations.insert(location).number)
    }

    /// The number of a set of labels; beyond the limit, that of the group alone.
    package mutating func number(of set: ProfileSample.Labels) -> Int32 {
        if let known = labels.number(of: set) { return Int32(known) }
        guard labels.count >= limits.labels else { return Int32(labels.insert(set).number) }
        var group = ProfileSample.Labels()
        group.group = set.group
        group.isOffCPU = set.isOffCPU
        return Int32(labels.insert(group).number)
    }

    /// The stack of these locations, the leaf first; nil where there is no room, or no frame.
    package mutating func insert(leafFirst numbers: [Int32], _ end: StackEnd) -> ArchivedStack? {
        trie.insert(leafFirst: numbers).map { ArchivedStack(node: $0, end: end) }
    }

    /// The node of a location that a node of this archive calls; without one, of an outermost one.
    mutating func insert(
        _ number: Int32,
        under caller: ArchivedStack.Node?
    ) -> ArchivedStack.Node? {
        trie.insert(number, under: caller)
    }

    /// The stack of one frame that is no code, such as `[unsampled]`.
    package mutating func reserved(_ name: String) -> ArchivedStack? {
        let function = number(of: ProfileFunction(name: name, systemName: name))
        let location = ArchivedLocation(mapping: nil, address: Address(0), function: function)
        return insert(leafFirst: [number(of: location)], .complete)
    }

    /// About how much memory it takes: what is counted are entries, with what a dictionary needs
    /// beside them, and texts.
    package var byteCount: Int {
        trie.count * 40 + locations.count * 72 + functions.count * 160 + mappings.count * 256
            + labels.count * 256 + textBytes
    }
}

extension StackArchive {
    /// The numbers of a stack's locations, the leaf first.
    func locations(of node: ArchivedStack.Node) -> [Int32] { trie.frames(of: node) }

    func location(of node: ArchivedStack.Node) -> Int32 { trie.frame(of: node) }

    func caller(of node: ArchivedStack.Node) -> ArchivedStack.Node? { trie.parent(of: node) }

    func location(_ number: Int32) -> ArchivedLocation { locations[Int(number)] }

    func mapping(_ number: Int32) -> ProfileMapping { mappings[Int(number)] }

    func function(_ number: Int32) -> ProfileFunction { functions[Int(number)] }

    func labels(_ number: Int32) -> ProfileSample.Labels { labels[Int(number)] }

}

/// A frame as an archive keeps it: `ProfileLocation` with numbers in place of what is shared.
package struct ArchivedLocation: Hashable, Sendable {
    /// A number of the archive's; nil for what is no code of a file.
    package let mapping: Int32?
    /// As in `ProfileLocation`.
    package let address: Address
    /// A number of the archive's; nil where no function is known.
    package let function: Int32?

    package init(mapping: Int32?, address: Address, function: Int32?) {
        self.mapping = mapping
        self.address = address
        self.function = function
    }
}

/// A stack of an archive, and why it ended.
package struct ArchivedStack: Hashable, Sendable {
    package typealias Node = StackTrie<Int32>.Node

    package let node: Node
    package let end: StackEnd

    package init(node: Node, end: StackEnd) {
        self.node = node
        self.end = end
    }
}

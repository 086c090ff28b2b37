// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Takes what is needed of one archive over into a new one.
struct ArchiveTransfer {
    private let old: StackArchive
    private(set) var new: StackArchive
    private var locations: [Int32: Int32] = [:]
    private var labels: [Int32: Int32] = [:]
    private var nodes: [ArchivedStack.Node: ArchivedStack.Node] = [:]

    init(from old: StackArchive, limits: StackArchive.Limits) {
        self.old = old
        new = StackArchive(limits: limits, generation: old.generation &+ 1)
    }

    /// The node that a node is from now on; nil where there is no room, which can't be where there
    /// was room before.
    mutating func node(_ node: ArchivedStack.Node) -> ArchivedStack.Node? {
        // Callers that came along with another stack are there already.
        var missing: [ArchivedStack.Node] = []
        var caller: ArchivedStack.Node? = node
        var moved: ArchivedStack.Node?
        while let next = caller {
            if let known = nodes[next] {
                moved = known
                break
            }
            missing.append(next)
            caller = old.caller(of: next)
        }
        for former in missing.reversed() {
            let number = location(old.location(of: former))
            guard let node = new.insert(number, under: moved) else { return nil }
            nodes[former] = node
            moved = node
        }
        return moved
    }

    mutating func label(_ number: Int32) -> Int32 {
        if let known = labels[number] { return known }
        let moved = new.number(of: old.labels(number))
        labels[number] = moved
        return moved
    }

    private mutating func location(_ number: Int32) -> Int32 {
        if let known = locations[number] { return known }
        let location = old.location(number)
        let moved = new.number(
            of: ArchivedLocation(
                mapping: location.mapping.map { new.number(of: old.mapping($0)) },
                address: location.address,
                function: location.function.map { new.number(of: old.function($0)) }
            )
        )
        locations[number] = moved
        return moved
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A call tree that grows: parents come before their children, in the order of the stacks.
struct CallTreeDraft {
    private enum Part: Hashable {
        case all
        case frame(Int)
        case end(StackEnd)
        case other
    }

    private struct Place: Hashable {
        let parent: Int
        let part: Part
    }

    private struct Node {
        let place: Place
        let depth: Int
        var isInlined: Bool
        var own = ProfileWeight()
        var total = ProfileWeight()

        func moved(under parent: Int) -> Self {
            var moved = Self(
                place: Place(parent: parent, part: place.part),
                depth: depth,
                isInlined: isInlined
            )
            moved.own = own
            moved.total = total
            return moved
        }
    }

    private let table: FrameTable
    private var drafts = [
        Node(place: Place(parent: 0, part: .all), depth: 0, isInlined: false)
    ]
    private var indices: [Place: Int] = [:]

    init(_ profile: Profile) {
        table = FrameTable(profile)
        for sample in profile.samples {
            var node = 0
            if sample.end != .complete {
                node = child(of: node, .end(sample.end), isInlined: false)
            }
            for frame in table.path(of: sample) {
                node = child(of: node, .frame(frame.row), isInlined: frame.isInlined)
            }
            drafts[node].own += sample.weight
        }
        addUp()
    }

    private mutating func child(of parent: Int, _ part: Part, isInlined: Bool) -> Int {
        let place = Place(parent: parent, part: part)
        if let known = indices[place] {
            if !isInlined { drafts[known].isInlined = false }
            return known
        }
        drafts.append(
            Node(place: place, depth: drafts[parent].depth + 1, isInlined: isInlined)
        )
        indices[place] = drafts.count - 1
        return drafts.count - 1
    }

    private mutating func addUp() {
        for index in drafts.indices { drafts[index].total = drafts[index].own }
        for index in drafts.indices.dropFirst().reversed() {
            drafts[drafts[index].place.parent].total += drafts[index].total
        }
    }

    /// Leaves the lightest nodes out; returns how many.
    mutating func cut(toNodes maximum: Int) -> Int {
        guard drafts.count > maximum else { return 0 }
        // A parent weighs no less than its child and comes before it, so what is kept is a tree.
        let order = drafts.indices.sorted {
            drafts[$0].total == drafts[$1].total
                ? $0 < $1 : drafts[$0].total > drafts[$1].total
        }
        let kept = order.prefix(keptCount(of: order, maximum: maximum))
        var isKept = [Bool](repeating: false, count: drafts.count)
        for index in kept { isKept[index] = true }

        let omitted = drafts.count - kept.count
        var newIndices = [Int](repeating: 0, count: drafts.count)
        var rest: [Int: ProfileWeight] = [:]
        let old = drafts
        drafts = []
        for (index, node) in old.enumerated() {
            let parent = node.place.parent
            if isKept[index] {
                newIndices[index] = drafts.count
                drafts.append(node.moved(under: newIndices[parent]))
            } else if isKept[parent] {
                rest[newIndices[parent], default: ProfileWeight()] += node.total
            }
        }
        indices = [:]
        for (parent, weight) in rest.sorted(by: { $0.key < $1.key }) {
            let index = child(of: parent, .other, isInlined: false)
            drafts[index].own = weight
            drafts[index].total = weight
        }
        return omitted
    }

    /// How many nodes can be kept so that they and a node for the rest of each are within the
    /// limit.
    private func keptCount(of order: [Int], maximum: Int) -> Int {
        var missingChildren = [Int](repeating: 0, count: drafts.count)
        for node in drafts.dropFirst() { missingChildren[node.place.parent] += 1 }
        var best = 1
        var others = 0
        for (position, index) in order.enumerated() {
            if missingChildren[index] > 0 { others += 1 }
            if index != 0 {
                let parent = drafts[index].place.parent
                missingChildren[parent] -= 1
                if missingChildren[parent] == 0 { others -= 1 }
            }
            // The sum never falls: a node that completes its parent takes the place of the rest.
            guard position + 1 + others <= maximum else { break }
            best = position + 1
        }
        return best
    }

    /// The finished nodes, depth first.
    func nodes() -> [CallTree.Node] {
        var children = [[Int]](repeating: [], count: drafts.count)
        for index in drafts.indices.dropFirst() {
            children[drafts[index].place.parent].append(index)
        }
        var descendants = [Int](repeating: 0, count: drafts.count)
        for index in drafts.indices.dropFirst().reversed() {
            descendants[drafts[index].place.parent] += descendants[index] + 1
        }
        var nodes: [CallTree.Node] = []
        nodes.reserveCapacity(drafts.count)
        var waiting = [0]
        while let index = waiting.popLast() {
            nodes.append(finished(index, descendants: descendants[index]))
            // The last of the waiting is taken first.
            waiting += children[index].sorted { precedes($1, $0) }
        }
        return nodes
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (drafts[left], drafts[right])
        if first.total != second.total { return first.total > second.total }
        return (title(first.place.part), object(first.place.part))
            < (title(second.place.part), object(second.place.part))
    }

    private func finished(_ index: Int, descendants: Int) -> CallTree.Node {
        let node = drafts[index]
        return CallTree.Node(
            kind: kind(node.place.part),
            function: title(node.place.part),
            object: object(node.place.part),
            isInlined: node.isInlined,
            depth: node.depth,
            descendants: descendants,
            own: node.own,
            total: node.total
        )
    }

    private func kind(_ part: Part) -> CallTree.Kind {
        switch part {
        case .all: .all
        case .frame: .function
        case .end: .incomplete
        case .other: .other
        }
    }

    private func title(_ part: Part) -> String {
        switch part {
        case .all: "[all]"
        case .frame(let row): table.rows[row].function
        case .end(let end): end.title ?? ""
        case .other: "[other]"
        }
    }

    private func object(_ part: Part) -> String {
        if case .frame(let row) = part { table.rows[row].object } else { "" }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A tree of two profiles that grows: parents come before their children.
struct DiffTreeDraft {
    private enum Part: Hashable {
        case all
        case frame(FrameTable.Row)
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
        var own = DiffWeights()
        var total = DiffWeights()
        var gross = 0.0
    }

    private let comparison: ProfileComparison
    private var drafts = [
        Node(place: Place(parent: 0, part: .all), depth: 0, isInlined: false)
    ]
    private var indices: [Place: Int] = [:]

    init(_ comparison: ProfileComparison) {
        self.comparison = comparison
        add(comparison.base.profile) { DiffWeights(base: $0) }
        add(comparison.new.profile) { DiffWeights(new: $0) }
        addUp()
    }

    private mutating func add(
        _ profile: Profile,
        weights: (UInt64) -> DiffWeights
    ) {
        let table = FrameTable(profile)
        let parts = table.rows.map { row in
            Part.frame(
                comparison.ignoresObjects
                    ? FrameTable.Row(function: row.function, object: "") : row
            )
        }
        for sample in profile.samples {
            var node = 0
            if sample.end != .complete {
                node = child(of: node, .end(sample.end), isInlined: false)
            }
            for frame in table.path(of: sample) {
                node = child(of: node, parts[frame.row], isInlined: frame.isInlined)
            }
            drafts[node].own += weights(sample.nanoseconds)
        }
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
        for index in drafts.indices {
            let own = drafts[index].own
            drafts[index].total = own
            drafts[index].gross = abs(
                comparison.change(own).difference
            )
        }
        for index in drafts.indices.dropFirst().reversed() {
            let parent = drafts[index].place.parent
            drafts[parent].total += drafts[index].total
            drafts[parent].gross += drafts[index].gross
        }
    }

    /// Leaves the lightest nodes out; returns how many.
    mutating func cut(toNodes maximum: Int) -> Int {
        guard drafts.count > maximum else { return 0 }
        // What both sides weigh is never more in a child than in its parent, which comes before
        // it, so what is kept is a tree.
        let weights = drafts.map { node in
            let change = comparison.change(node.total)
            return change.base + change.new
        }
        let order = drafts.indices.sorted {
            weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1]
        }
        // Each that is kept may need one for the rest of its children.
        let kept = order.prefix(maximum / 2)
        var isKept = [Bool](repeating: false, count: drafts.count)
        for index in kept { isKept[index] = true }

        let old = drafts
        var newIndices = [Int](repeating: 0, count: old.count)
        drafts = []
        indices = [:]
        var rest: [(parent: Int, weights: DiffWeights)] = []
        for (index, node) in old.enumerated() {
            let parent = newIndices[node.place.parent]
            if isKept[index] {
                newIndices[index] = drafts.count
                var moved = Node(
                    place: Place(parent: parent, part: node.place.part),
                    depth: node.depth,
                    isInlined: node.isInlined
                )
                moved.own = node.own
                drafts.append(moved)
            } else if isKept[node.place.parent] {
                rest.append((parent, node.total))
            }
        }
        for (parent, weights) in rest {
            drafts[child(of: parent, .other, isInlined: false)].own += weights
        }
        addUp()
        return old.count - kept.count
    }

    /// The finished nodes, depth first.
    func nodes() -> [DiffTree.Node] {
        var children = [[Int]](repeating: [], count: drafts.count)
        for index in drafts.indices.dropFirst() {
            children[drafts[index].place.parent].append(index)
        }
        var nodes: [DiffTree.Node] = []
        nodes.reserveCapacity(drafts.count)
        var waiting = [0]
        while let index = waiting.popLast() {
            nodes.append(finished(drafts[index]))
            // The last of the waiting is taken first.
            waiting += children[index].sorted { precedes($1, $0) }
        }
        return nodes
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (drafts[left], drafts[right])
        if first.gross != second.gross { return first.gross > second.gross }
        let (row, other) = (self.row(first.place.part), self.row(second.place.part))
        return (row.function, row.object) < (other.function, other.object)
    }

    private func finished(_ node: Node) -> DiffTree.Node {
        let row = row(node.place.part)
        return DiffTree.Node(
            kind: kind(node.place.part),
            function: row.function,
            object: row.object,
            isInlined: node.isInlined,
            depth: node.depth,
            own: node.own,
            total: node.total,
            gross: node.gross
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

    private func row(_ part: Part) -> FrameTable.Row {
        switch part {
        case .all: FrameTable.Row(function: "[all]", object: "")
        case .frame(let row): row
        case .end(let end): FrameTable.Row(function: end.title ?? "", object: "")
        case .other: FrameTable.Row(function: "[other]", object: "")
        }
    }
}

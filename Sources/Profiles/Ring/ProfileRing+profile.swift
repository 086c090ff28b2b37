// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension ProfileRing {
    /// What was sampled in a span of time.
    ///
    /// - Parameters:
    ///   - kind: wall time has what was spent waiting as well.
    ///   - group: nil for all.
    ///   - span: nanoseconds since 1970 UTC; what is not kept of it is left out, and the profile
    ///     says which part it is of.
    ///   - open: a window that has not ended yet.
    package func profile(
        _ kind: Profile.Kind,
        of group: String?,
        in span: Range<UInt64>,
        open: ProfileWindow?
    ) -> Profile {
        let windows = (windows + (open.map { [$0] } ?? [])).filter {
            $0.startNanoseconds < span.upperBound && $0.endNanoseconds > span.lowerBound
        }
        let start = max(span.lowerBound, windows.first?.startNanoseconds ?? span.lowerBound)
        let end = min(span.upperBound, windows.last?.endNanoseconds ?? start)
        var builder = ProfileBuilder(
            kind: kind,
            startNanoseconds: start,
            periodNanoseconds: windows.last?.periodNanoseconds ?? 0,
            target: group ?? "all groups"
        )
        builder.durationNanoseconds = end > start ? end - start : 0
        var parts = ArchivedParts(archive)
        for window in windows {
            for sample in window.samples {
                let labels = archive.labels(sample.labels)
                guard group == nil || labels.group == group,
                    kind == .wall || !labels.isOffCPU
                else { continue }
                let share = window.share(of: sample, within: span)
                guard share > 0 else { continue }
                let nanoseconds = Self.part(share, of: sample.nanoseconds)
                // Looks at waiting threads become rare: their number says nothing of the time.
                let count =
                    kind == .wall
                    ? ProfileBuilder.count(
                        of: nanoseconds,
                        periodNanoseconds: window.periodNanoseconds
                    )
                    : Self.part(share, of: UInt64(sample.count))
                builder.add(
                    stack: parts.stack(sample.node, in: &builder),
                    count: count,
                    nanoseconds: nanoseconds,
                    end: sample.end,
                    labels: labels
                )
            }
        }
        return builder.build()
    }

    private static func part(_ share: Double, of amount: UInt64) -> UInt64 {
        share >= 1 ? amount : UInt64((Double(amount) * share).rounded())
    }

    /// Whether anything of a group is kept.
    package func holds(_ group: String) -> Bool {
        windows.contains { window in
            window.samples.contains { archive.labels($0.labels).group == group }
        }
    }

    /// The CPU time of each group in what is kept, and of the groups that have used none.
    package var groups: [String: UInt64] {
        var totals: [String: UInt64] = [:]
        for window in windows {
            for sample in window.samples {
                let labels = archive.labels(sample.labels)
                guard let group = labels.group else { continue }
                totals[group, default: 0] &+= labels.isOffCPU ? 0 : sample.nanoseconds
            }
        }
        return totals
    }
}

/// The parts of an archive in a profile that is being built.
private struct ArchivedParts {
    private let archive: StackArchive
    private var locations: [Int32: Int] = [:]
    private var stacks: [ArchivedStack.Node: [Int]] = [:]

    init(_ archive: StackArchive) { self.archive = archive }

    mutating func stack(_ node: ArchivedStack.Node, in builder: inout ProfileBuilder) -> [Int] {
        if let known = stacks[node] { return known }
        let stack = archive.locations(of: node).map { location($0, in: &builder) }
        stacks[node] = stack
        return stack
    }

    private mutating func location(_ number: Int32, in builder: inout ProfileBuilder) -> Int {
        if let known = locations[number] { return known }
        let location = archive.location(number)
        let mapping = location.mapping.map { builder.index(of: archive.mapping($0)) }
        let function = location.function.map { builder.index(of: archive.function($0)) }
        let index = builder.index(
            of: ProfileLocation(
                mapping: mapping,
                address: location.address,
                lines: function.map { [ProfileLocation.Line(function: $0, line: 0)] } ?? []
            )
        )
        locations[number] = index
        return index
    }
}

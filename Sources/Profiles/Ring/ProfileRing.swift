// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The windows of the last minutes, in a bounded amount of memory.
package struct ProfileRing: Sendable {
    package struct Limits: Sendable {
        /// How long a window is kept.
        package var nanoseconds: UInt64 = 900_000_000_000
        /// Most memory of all windows and their stacks, about.
        package var bytes: Int
        package var archive = StackArchive.Limits()

        package init(bytes: Int) { self.bytes = bytes }
    }

    package var limits: Limits
    package var archive: StackArchive
    private(set) var windows: [ProfileWindow] = []
    /// Windows that were let go before their time because memory was short.
    package private(set) var droppedWindows: UInt64 = 0
    private var formerOverflows: UInt64 = 0
    /// How many nodes were needed when the others were last let go.
    private var neededNodes = 0

    package init(limits: Limits) {
        self.limits = limits
        archive = StackArchive(limits: limits.archive)
    }

    /// How many windows there are.
    package var count: Int { windows.count }

    /// The instant from which on anything is kept, in nanoseconds since 1970 UTC.
    package var oldestNanoseconds: UInt64? { windows.first?.startNanoseconds }

    /// About how much memory it takes.
    package var byteCount: Int { archive.byteCount + sampleBytes }

    /// Stacks that found no room.
    package var overflows: UInt64 { formerOverflows &+ archive.overflows }

    private var sampleBytes: Int {
        windows.reduce(0) { $0 + $1.samples.count * MemoryLayout<ArchivedSample>.stride }
    }

    /// Adds the newest window and lets go those whose time is over.
    package mutating func append(_ window: ProfileWindow) {
        windows.append(window)
        let end = window.endNanoseconds
        windows.removeAll { end > $0.endNanoseconds &+ limits.nanoseconds }
    }

    /// Whether it is time to let go of what is not needed any more; seldom enough that it costs
    /// little for each window.
    package var isCrowded: Bool {
        byteCount > limits.bytes || archive.nodeCount > 2 * neededNodes + Self.spareNodes
            || archive.nodeCount >= limits.archive.nodes
    }

    private static let spareNodes = 1 << 14

    /// Lets go of all stacks that neither a window nor the caller needs, and, as long as there is
    /// too much, of the oldest windows.
    ///
    /// - Parameter needed: what the caller holds of the archive beside the windows.
    /// - Returns: what these are from now on.
    package mutating func compact(
        keeping needed: Set<ArchivedStack>
    ) -> [ArchivedStack: ArchivedStack] {
        formerOverflows &+= archive.overflows
        while true {
            var transfer = ArchiveTransfer(from: archive, limits: limits.archive)
            let moved = windows.map { $0.moved(by: &transfer) }
            var kept: [ArchivedStack: ArchivedStack] = [:]
            for stack in needed {
                kept[stack] = transfer.node(stack.node).map {
                    ArchivedStack(node: $0, end: stack.end)
                }
            }
            let bytes = transfer.new.byteCount + sampleBytes
            guard bytes <= limits.bytes / 4 * 3 || windows.isEmpty else {
                // A quarter at a time, so that this is not to be done for each new window.
                let count = (windows.count + 3) / 4
                windows.removeFirst(count)
                droppedWindows += UInt64(count)
                continue
            }
            windows = moved
            archive = transfer.new
            neededNodes = archive.nodeCount
            return kept
        }
    }
}

extension ProfileWindow {
    fileprivate func moved(by transfer: inout ArchiveTransfer) -> ProfileWindow {
        var window = self
        window.samples.removeAll(keepingCapacity: true)
        for sample in samples {
            guard let node = transfer.node(sample.node) else { continue }
            var moved = sample
            moved.node = node
            moved.labels = transfer.label(sample.labels)
            window.samples.append(moved)
        }
        return window
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What code was mapped where in one process, from one reading of its maps to the next.
///
/// A stack is unwound some time after it was copied, and a map says what is mapped when it is read.
/// Where a library was unloaded and another one loaded at its address, a frame could get the name
/// of the wrong one. So a range whose file changed is left out while samples from before the change
/// may be among those in hand, and one that changes again and again altogether: then any reading
/// may have missed a change.
struct MappingHistory {
    /// So many changes within `memoryNanoseconds` make a range one that nothing is known about.
    static let changeLimit = 2
    static let memoryNanoseconds: UInt64 = 10_000_000_000
    /// Most ranges that changed, and most mappings gone, that are remembered; the oldest go.
    static let limit = 256

    /// Addresses that held one file's code and then another's.
    private struct Change {
        var range: Range<UInt64>
        var count: Int
        var batch: UInt64
        var at: MonotonicInstant
    }

    private var current: [ExecutableMapping] = []
    private var departed: [ExecutableMapping] = []
    private var changes: [Change] = []

    /// Takes in a reading.
    ///
    /// - Parameters:
    ///   - batch: numbers the batches of samples that maps are read for.
    /// - Returns: the mappings that samples of this batch can be told by, by rising address: those
    ///   there now, and those that have gone since the reading before and left their place empty.
    mutating func renew(
        _ mappings: [ExecutableMapping],
        batch: UInt64,
        now: MonotonicInstant
    ) -> [ExecutableMapping] {
        let before = Set(current)
        let after = Set(mappings)
        let gone = current.filter { !after.contains($0) }
        for mapping in mappings where !before.contains(mapping) {
            for other in gone + departed where mapping.contradicts(other) {
                note(mapping.range.union(other.range), batch, now)
            }
        }
        departed = (departed + gone).filter { !after.contains($0) }.suffix(Self.limit)
        current = mappings
        changes.removeAll { now.nanoseconds(since: $0.at) > Self.memoryNanoseconds }
        let doubtful = changes.filter { $0.count >= Self.changeLimit || $0.batch + 1 >= batch }
            .map(\.range)
        let left = gone.filter { old in !mappings.contains { $0.overlaps(old.range) } }
        return (mappings + left)
            .filter { mapping in !doubtful.contains { mapping.overlaps($0) } }
            .sorted { $0.start < $1.start }
    }

    /// Whether so many changes were seen at these addresses that no sample of them can be told.
    func isContested(_ mapping: ExecutableMapping) -> Bool {
        changes.contains { $0.count >= Self.changeLimit && mapping.overlaps($0.range) }
    }

    private mutating func note(_ range: Range<UInt64>, _ batch: UInt64, _ now: MonotonicInstant) {
        guard let known = changes.firstIndex(where: { $0.range.overlaps(range) }) else {
            changes.append(Change(range: range, count: 1, batch: batch, at: now))
            if changes.count > Self.limit { changes.removeFirst() }
            return
        }
        // Several mappings of one file that comes or goes are one change.
        if changes[known].at != now { changes[known].count += 1 }
        changes[known].range = changes[known].range.union(range)
        changes[known].batch = batch
        changes[known].at = now
    }
}

extension ExecutableMapping {
    fileprivate var range: Range<UInt64> { start.rawValue..<end.rawValue }

    fileprivate func overlaps(_ other: Range<UInt64>) -> Bool { range.overlaps(other) }

    /// Whether both held an address, and other bytes of a file, or of another file, at it.
    ///
    /// Memory without a file that grows or is split is the same memory, and what a compiler writes
    /// into it is its perf map's to tell.
    fileprivate func contradicts(_ other: ExecutableMapping) -> Bool {
        guard overlaps(other.range) else { return false }
        guard case .file = backing, case .file = other.backing else {
            return backing != other.backing
        }
        return device != other.device || inode != other.inode
            || start.rawValue &- fileOffset != other.start.rawValue &- other.fileOffset
    }
}

extension Range<UInt64> {
    fileprivate func union(_ other: Self) -> Self {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}

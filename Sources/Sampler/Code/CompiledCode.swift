// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Functions that just-in-time compilers have written down in perf maps (`/tmp/perf-PID.map`).
///
/// Confined to the actor that owns it. A map is read when a frame in memory without a file is met,
/// and again while such frames come, because it grows.
final class CompiledCode {
    /// How often a map is looked at again.
    static let renewalNanoseconds: UInt64 = 2_000_000_000
    static let processLimit = 256

    private struct Entry {
        var reader = PerfMapReader()
        var readAt: MonotonicInstant
    }

    private let root: String
    private var reader: ProcReader
    private var entries: [ProcessID: Entry] = [:]
    /// Maps that could not be read, by reason; that there is none is no failure.
    private(set) var failures: [String: UInt64] = [:]

    /// - Parameter root: the proc file system.
    init(root: String) {
        self.root = root
        reader = ProcReader(root: ProcRoot(root))
    }

    /// Reads what processes have written since; what is known of those that have ended stays.
    func renewAll(now: MonotonicInstant) {
        for process in Array(entries.keys) { renew(process, now: now, isDue: true) }
    }

    /// Reads what a process has written since, if it is time.
    ///
    /// - Parameter isDue: whether it is time for another reason than the clock.
    func renew(_ process: ProcessID, now: MonotonicInstant, isDue: Bool = false) {
        var entry: Entry
        if let known = entries[process] {
            let age = now.nanoseconds(since: known.readAt)
            guard isDue || age >= Self.renewalNanoseconds else { return }
            entry = known
        } else {
            guard entries.count < Self.processLimit else {
                failures["too_many_maps", default: 0] += 1
                return
            }
            entry = Entry(readAt: now)
        }
        entry.readAt = now
        defer { entries[process] = entry }
        guard case .value(let status) = reader.status(of: process),
            let number = status.namespaceNumbers.last, let user = status.users?.effective
        else { return }
        do throws(ImageFailure) {
            try entry.reader.update(
                root: "\(root)/\(process)/root",
                number: number,
                user: user
            )
        } catch {
            if error != .absent { failures[error.reason, default: 0] += 1 }
        }
    }

    /// Forgets a process that has ended.
    func forget(_ process: ProcessID) { entries[process] = nil }

    /// The function at an address of a process; nil where no map has one.
    func function(at address: UInt64, of process: ProcessID) -> CompiledFunction? {
        entries[process]?.reader.map.function(at: Address(address))
    }
}

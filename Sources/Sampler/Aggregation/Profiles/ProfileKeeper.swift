// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles

/// The profiles of the last minutes, and the one that is being added up.
struct ProfileKeeper {
    private var ring: ProfileRing
    private var archiver = FrameArchiver()
    private var draft = ProfileDraft()
    private var startedAt: MonotonicInstant
    private var sliceEnds: [MonotonicInstant] = []
    /// Rows that found no room in their window.
    private var overflows: UInt64 = 0

    /// - Parameter memoryBytes: what all of the agent may have.
    init(memoryBytes: UInt64) {
        ring = ProfileRing(limits: ProfileRing.Limits(bytes: Self.bytes(within: memoryBytes)))
        startedAt = .now()
    }

    private static func bytes(within memoryBytes: UInt64) -> Int { Int(clamping: memoryBytes / 8) }

    mutating func limitMemory(to bytes: UInt64) { ring.limits.bytes = Self.bytes(within: bytes) }

    mutating func keep(forNanoseconds nanoseconds: UInt64) {
        ring.limits.nanoseconds = nanoseconds
    }

    /// The part of the open window that is being sampled; nil where there are too many of them.
    var slice: UInt16? { UInt16(exactly: sliceEnds.count) }

    /// Puts the latest stack that was read into the archive.
    mutating func archive(
        _ stacks: StackReader,
        under call: SystemCallNumber?,
        _ end: StackEnd
    ) -> ArchivedStack? {
        archiver.archive(stacks, under: call, end, in: &ring.archive)
    }

    /// Says that what comes was sampled after an instant.
    mutating func endSlice(at instant: MonotonicInstant) {
        startedAt = min(startedAt, instant)
        sliceEnds.append(instant)
    }

    /// Adds what the threads of a process did in the open window, which has ended for them.
    mutating func add(_ closed: ClosedWindow, of process: ProcessID, in group: String) {
        ring.archive.add(closed, of: process, in: group, to: &draft)
    }

    /// Ends the window and begins the next.
    mutating func closeWindow(periodNanoseconds: UInt64) {
        guard let end = sliceEnds.last else { return }
        overflows &+= draft.overflows
        ring.append(window(draft, periodNanoseconds))
        draft = ProfileDraft()
        startedAt = end
        sliceEnds.removeAll(keepingCapacity: true)
    }

    private func window(_ draft: ProfileDraft, _ periodNanoseconds: UInt64) -> ProfileWindow {
        // The clock on the wall may have been set meanwhile, so it is asked each time.
        let real = cptrace_now(Int32(CLOCK_REALTIME))
        let now = MonotonicInstant.now()
        func epoch(_ instant: MonotonicInstant) -> UInt64 {
            real &- now.nanoseconds(since: instant)
        }
        return ProfileWindow(
            startNanoseconds: epoch(startedAt),
            sliceEnds: sliceEnds.map(epoch),
            periodNanoseconds: periodNanoseconds,
            draft: draft
        )
    }

    /// Lets go of stacks that nobody needs, when there are many.
    ///
    /// - Parameter needed: gives what the caller needs.
    /// - Returns: what that is from now on; nil if nothing has changed.
    mutating func compact(
        keeping needed: () -> Set<ArchivedStack>
    ) -> [ArchivedStack: ArchivedStack]? {
        ring.isCrowded ? ring.compact(keeping: needed()) : nil
    }
}

extension ProfileKeeper {
    /// Where the open window stands, added up from how it would end now.
    struct Open {
        fileprivate var draft = ProfileDraft()
        let periodNanoseconds: UInt64

        init(periodNanoseconds: UInt64) { self.periodNanoseconds = periodNanoseconds }
    }

    mutating func add(
        _ closed: ClosedWindow,
        of process: ProcessID,
        in group: String,
        to open: inout Open
    ) {
        ring.archive.add(closed, of: process, in: group, to: &open.draft)
    }

    func profile(
        _ kind: Profile.Kind,
        of group: String?,
        in span: Range<UInt64>,
        _ open: Open
    ) -> Profile {
        ring.profile(kind, of: group, in: span, open: window(open.draft, open.periodNanoseconds))
    }

    /// The CPU time of each group in what is kept.
    var groups: [String: UInt64] { ring.groups }

    func holds(_ group: String) -> Bool { ring.holds(group) }

    var oldestNanoseconds: UInt64? { ring.oldestNanoseconds }

    var counts: ProfileCounts {
        var counts = ProfileCounts()
        counts.windows = ring.count
        counts.bytes = ring.byteCount
        counts.droppedWindows = ring.droppedWindows
        counts.overflows = overflows &+ ring.overflows
        return counts
    }
}

/// What is kept of profiles.
package struct ProfileCounts: Sendable {
    package var windows = 0
    /// About how much memory they take.
    package var bytes = 0
    /// Windows that were let go before their time because memory was short.
    package var droppedWindows: UInt64 = 0
    /// Stacks and rows that found no room, and are counted under `[other]`.
    package var overflows: UInt64 = 0

    package init() {}
}

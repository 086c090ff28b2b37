// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Which FDE of a section is about an address: all of them in the order of their addresses.
///
/// It is the table of `.eh_frame_hdr` where there is one, and else a list made by one walk over the
/// section: the records themselves are in no order.
struct FrameIndex: Sendable {
    /// One function of a list; sections are shorter than the number of a record reaches.
    private struct Entry {
        let start: UInt64
        let record: UInt32
    }

    private enum Storage: Sendable {
        case table(FrameHeaderTable)
        case list([Entry])
    }

    private let storage: Storage
    private let section: FrameSection
    /// How many functions there are.
    let count: Int
    /// How many records of the walk were left out: malformed ones, and those of an unknown form.
    let droppedRecords: Int

    /// An index of a section.
    ///
    /// - Parameter table: The header's table, if the file has one; it is believed in what it says,
    ///   so that a wrong one leads to wrong or missing rules, and to nothing worse.
    init(_ section: FrameSection, table: FrameHeaderTable? = nil) {
        self.section = section
        if let table, table.count > 0, table.sectionAddress == section.address.rawValue {
            storage = .table(table)
            count = table.count
            droppedRecords = 0
            return
        }
        var walk = FrameWalk(section)
        var entries: [Entry] = []
        while let function = walk.next() {
            let record = UInt32(truncatingIfNeeded: walk.offset)
            entries.append(Entry(start: function.addresses.lowerBound, record: record))
        }
        entries.sort { ($0.start, $0.record) < ($1.start, $1.record) }
        storage = .list(entries)
        count = entries.count
        droppedRecords = walk.droppedRecords
    }

    /// Whether it is the table of the file's header.
    var isFromHeader: Bool {
        switch storage {
        case .table: true
        case .list: false
        }
    }

    /// The memory that the list or the header takes, in bytes.
    var byteCount: Int {
        switch storage {
        case .table(let table): table.byteCount
        case .list(let entries): entries.capacity * MemoryLayout<Entry>.stride
        }
    }

    /// The address at which a function begins; the index is below `count`.
    func start(at index: Int) -> UInt64 {
        switch storage {
        case .table(let table): table.start(at: index)
        case .list(let entries): entries[index].start
        }
    }

    /// The offset of a function's FDE in the section.
    func record(at index: Int) -> UInt64 {
        switch storage {
        // An address before the section wraps to an offset beyond its end.
        case .table(let table): table.record(at: index) &- section.address.rawValue
        case .list(let entries): UInt64(entries[index].record)
        }
    }

    /// The number of functions that begin at an address or before it.
    func countOfStarts(upTo address: UInt64) -> Int {
        (0..<count).partitionPoint { start(at: $0) <= address }
    }
}

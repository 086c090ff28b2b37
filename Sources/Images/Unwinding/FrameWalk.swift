// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One pass over all records of a section, in their order.
struct FrameWalk {
    /// Where the FDE that `next` returned begins.
    private(set) var offset: UInt64 = 0
    /// How many FDEs could not be read.
    private(set) var droppedRecords = 0

    private let section: FrameSection
    private var nextOffset: UInt64 = 0
    private var commons = CommonEntryCache()

    init(_ section: FrameSection) { self.section = section }

    /// The next FDE that can be read; nil at the terminator or the end.
    mutating func next() -> FunctionEntry? {
        while let record = FrameRecord(section, at: nextOffset) {
            offset = nextOffset
            nextOffset = record.body.upperBound
            guard case .function(let commonAt) = record.content else { continue }
            if let common = commons.entry(section, at: commonAt),
                let function = FunctionEntry(section, record, common)
            {
                return function
            }
            droppedRecords += 1
        }
        return nil
    }
}

/// The CIE that was read last: most functions in a row share one.
struct CommonEntryCache {
    private var offset = UInt64.max
    private var last: CommonEntry?

    /// The CIE at an offset; nil where there is none that can be read.
    mutating func entry(_ section: FrameSection, at offset: UInt64) -> CommonEntry? {
        if offset != self.offset {
            last = CommonEntry(section, at: offset)
            self.offset = offset
        }
        return last
    }
}

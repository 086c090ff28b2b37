// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One frame section with its index: finds the function of an address and runs its instructions.
struct FrameTable: Sendable {
    /// A function and what its instructions begin with.
    struct Function {
        let entry: FunctionEntry
        let initial: InitialRow
        /// The addresses that it describes and no later function does.
        let addresses: Range<UInt64>
    }

    let section: FrameSection
    let index: FrameIndex

    init(_ section: FrameSection, header: FrameHeaderTable? = nil) {
        self.section = section
        index = FrameIndex(section, table: header)
    }

    /// The addresses from the first function to the end of the last, which hold all others; nil
    /// without functions.
    var addresses: Range<UInt64>? {
        guard index.count > 0 else { return nil }
        var cache = InitialRowCache()
        let (first, last) = (index.start(at: 0), index.start(at: index.count - 1))
        let end = function(at: index.count - 1, &cache)?.addresses.upperBound ?? last
        return first < end ? first..<end : nil
    }

    /// The function at a place of the index; nil where its record cannot be read, or is about
    /// other addresses than the index says.
    func function(at place: Int, _ cache: inout InitialRowCache) -> Function? {
        guard let record = FrameRecord(section, at: index.record(at: place)),
            case .function(let commonAt) = record.content,
            let initial = cache.row(section, at: commonAt),
            let entry = FunctionEntry(section, record, initial.common),
            entry.addresses.lowerBound == index.start(at: place)
        else { return nil }
        let (start, next) = (entry.addresses.lowerBound, place + 1)
        let end = next < index.count ? index.start(at: next) : UInt64.max
        guard start <= end else { return nil }
        return Function(
            entry: entry,
            initial: initial,
            addresses: start..<min(end, entry.addresses.upperBound)
        )
    }

    /// Where the function at an address begins; nil where none is there.
    func functionStart(at address: UInt64) -> UInt64? {
        function(holding: address)?.addresses.lowerBound
    }

    private func function(holding address: UInt64) -> Function? {
        let place = index.countOfStarts(upTo: address) - 1
        var cache = InitialRowCache()
        guard place >= 0, let function = function(at: place, &cache),
            function.addresses.contains(address)
        else { return nil }
        return function
    }

    /// The row that holds at an address.
    ///
    /// - Parameter instructionLimit: The most instructions to run.
    func row(at address: UInt64, instructionLimit: Int) -> RowLookup {
        guard let function = function(holding: address) else { return .gap }
        var program = FrameProgram(
            section,
            function.entry,
            after: function.initial,
            instructionLimit: instructionLimit
        )
        while case .row(let range) = program.next() {
            if range.contains(address) { return .row(program.row, function.initial.common) }
        }
        // The rows of a sound function reach to its end.
        return .malformed
    }

    /// What a section says about an address.
    enum RowLookup {
        case row(FrameRow, CommonEntry)
        case gap
        case malformed
    }
}

/// The row of the CIE that was asked for last.
struct InitialRowCache {
    private var offset = UInt64.max
    private var last: InitialRow?

    /// The initial row of the CIE at an offset; nil where there is none that can be read.
    mutating func row(_ section: FrameSection, at offset: UInt64) -> InitialRow? {
        if offset != self.offset {
            last = CommonEntry(section, at: offset).map { InitialRow(section, $0) }
            self.offset = offset
        }
        return last
    }
}

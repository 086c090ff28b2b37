// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// The addresses at which a file has code, by its executable sections or segments.
///
/// Symbols are checked against these by address, not by section number: a number does not fit its
/// field in files of many sections, and a debug file keeps the addresses of what it describes.
struct CodeRanges {
    private let ranges: [Range<UInt64>]

    init(_ sections: SectionHeaders) {
        self.init(
            sections.all.lazy.filter(\.isCode).map { ($0.address.rawValue, $0.byteCount) }
        )
    }

    init(_ segments: ProgramHeaders) {
        self.init(
            segments.loads.lazy.filter(\.isExecutable).map { ($0.address.rawValue, $0.fileBytes) }
        )
    }

    private init(_ extents: some Sequence<(start: UInt64, count: UInt64)>) {
        ranges = extents.compactMap { start, count in
            let (end, overflow) = start.addingReportingOverflow(count)
            return !overflow && start < end ? start..<end : nil
        }
        .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The end of the section that holds an address, or nil where there is no code.
    func end(ofRangeHolding address: UInt64) -> UInt64? {
        let low = ranges.partitionPoint { $0.lowerBound <= address }
        guard low > 0, ranges[low - 1].contains(address) else { return nil }
        return ranges[low - 1].upperBound
    }
}

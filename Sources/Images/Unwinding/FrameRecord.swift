// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The head of one record of a frame section: its length and what kind it is.
struct FrameRecord: Equatable {
    enum Content: Equatable {
        /// A common information entry (CIE).
        case common
        /// A frame description entry (FDE) and the offset of its CIE.
        case function(commonAt: UInt64)
    }

    let content: Content
    /// Where what follows the head begins and ends, in bytes from the start of the section.
    let body: Range<UInt64>

    /// Reads the head at an offset; nil at the terminator, the end, and for a malformed one.
    ///
    /// In `.eh_frame` the identifier has four bytes, is 0 for a CIE, and else counts back from
    /// itself. In `.debug_frame` it is as wide as the length, all ones for a CIE, and else an
    /// offset of the section.
    init?(_ section: FrameSection, at offset: UInt64) {
        var cursor = ByteCursor(section.reader, from: offset, to: section.reader.count)
        var length = UInt64(cursor.uint32())
        let isWide = length == 0xffff_ffff
        if isWide { length = cursor.uint64() }
        let start = cursor.offset
        guard cursor.isSound, length > 0, length <= section.reader.count - start else {
            return nil
        }
        let end = start + length
        switch section.kind {
        case .ehFrame:
            let back = UInt64(cursor.uint32())
            guard back <= start else { return nil }
            content = back == 0 ? .common : .function(commonAt: start - back)
        case .debugFrame:
            let identifier = isWide ? cursor.uint64() : UInt64(cursor.uint32())
            let isCommon = identifier == (isWide ? UInt64.max : 0xffff_ffff)
            content = isCommon ? .common : .function(commonAt: identifier)
        }
        guard cursor.isSound, cursor.offset <= end else { return nil }
        body = cursor.offset..<end
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The sorted table of `.eh_frame_hdr`, which names the FDE of each function (LSB Core, "The
/// .eh_frame_hdr section").
struct FrameHeaderTable {
    /// The address of the frame section, as the header states it.
    let sectionAddress: UInt64
    /// How many functions the table has.
    let count: Int

    private let reader: ByteReader
    private let tableOffset: UInt64
    private let address: UInt64

    /// Reads a header; nil where it is malformed.
    ///
    /// Only the one encoding of the table that linkers write and that can be searched in place is
    /// read: pairs of four-byte offsets from the header. With another one the count is 0.
    init?(_ bytes: [UInt8], at address: ImageAddress) {
        reader = ByteReader(bytes)
        self.address = address.rawValue
        var cursor = ByteCursor(reader, from: 0, to: reader.count)
        guard cursor.uint8() == 1 else { return nil }
        let sectionEncoding = PointerEncoding(rawValue: cursor.uint8())
        let countEncoding = PointerEncoding(rawValue: cursor.uint8())
        let tableEncoding = cursor.uint8()
        let bases = PointerEncoding.Bases(section: address.rawValue, data: address.rawValue)
        guard let section = sectionEncoding.address(&cursor, bases), cursor.isSound
        else { return nil }
        sectionAddress = section
        var count: UInt64 = 0
        if countEncoding != .omitted, tableEncoding == 0x3b {
            count = countEncoding.address(&cursor, bases) ?? 0
        }
        tableOffset = cursor.offset
        guard cursor.isSound, count <= (reader.count - tableOffset) / 8 else { return nil }
        self.count = Int(count)
    }

    /// The length of the header with its table, in bytes.
    var byteCount: Int { Int(reader.count) }

    /// The address at which a function of the table begins.
    func start(at index: Int) -> UInt64 { value(at: index, 0) }

    /// The address of a function's FDE.
    func record(at index: Int) -> UInt64 { value(at: index, 4) }

    private func value(at index: Int, _ field: UInt64) -> UInt64 {
        // Inside the bytes for every index below the count, by the check of `init`.
        let offset = tableOffset + UInt64(index) * 8 + field
        let value = reader.uint32(at: offset) ?? 0
        return address &+ UInt64(bitPattern: Int64(Int32(bitPattern: value)))
    }
}

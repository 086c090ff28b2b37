// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How an address is written in unwind tables (`DW_EH_PE_*`; LSB Core, "DWARF Exception Header
/// Encoding").
struct PointerEncoding: Equatable {
    /// The whole address, as `.debug_frame` has it.
    static let absolute = PointerEncoding(rawValue: 0)
    /// `DW_EH_PE_omit`: no value is there.
    static let omitted = PointerEncoding(rawValue: 0xff)

    let rawValue: UInt8

    /// What `DW_EH_PE_pcrel` and `DW_EH_PE_datarel` count from.
    struct Bases {
        /// The address of the reader's first byte.
        let section: UInt64
        /// The address of `.eh_frame_hdr` in its own table; nil where nothing is relative to data.
        var data: UInt64?
    }

    /// Reads an address; nil where the encoding is unknown, indirect, or relative to what is not
    /// known here.
    ///
    /// A read outside the bytes leaves the cursor unsound.
    func address(_ cursor: inout ByteCursor, _ bases: Bases) -> UInt64? {
        let place = bases.section &+ cursor.offset
        // 0x80 is DW_EH_PE_indirect: the address of a word of the running program.
        guard rawValue & 0x80 == 0, let value = value(&cursor) else { return nil }
        switch rawValue & 0x70 {
        case 0x00: return value
        case 0x10: return place &+ value
        case 0x30: return bases.data.map { $0 &+ value }
        default: return nil
        }
    }

    /// Reads a number in the encoding's format, relative to nothing; nil for an unknown format.
    func value(_ cursor: inout ByteCursor) -> UInt64? {
        switch rawValue & 0x0f {
        case 0x00, 0x04, 0x0c: cursor.uint64()
        case 0x01: cursor.uleb()
        case 0x02: UInt64(cursor.uint16())
        case 0x03: UInt64(cursor.uint32())
        case 0x09: UInt64(bitPattern: cursor.sleb())
        case 0x0a: UInt64(bitPattern: Int64(Int16(bitPattern: cursor.uint16())))
        case 0x0b: UInt64(bitPattern: Int64(Int32(bitPattern: cursor.uint32())))
        default: nil
        }
    }
}

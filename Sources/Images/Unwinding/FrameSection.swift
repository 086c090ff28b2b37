// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A section of unwind records with the address it is linked at.
package struct FrameSection: Sendable {
    /// The two sections that hold such records, which differ in details.
    package enum Kind: Sendable {
        /// `.eh_frame`, which is mapped with the code (LSB Core, "The .eh_frame section").
        case ehFrame
        /// `.debug_frame` (DWARF 5, section 6.4.1), which only debuggers need.
        case debugFrame
    }

    package let kind: Kind
    /// The address of the first byte; relative addresses count from it.
    package let address: ImageAddress
    /// How many bytes it has.
    package let byteCount: Int

    let reader: ByteReader

    package init(kind: Kind, address: ImageAddress, bytes: [UInt8]) {
        self.kind = kind
        self.address = address
        byteCount = bytes.count
        reader = ByteReader(bytes)
    }

    /// What relative addresses of the records count from.
    var bases: PointerEncoding.Bases { PointerEncoding.Bases(section: address.rawValue) }
}

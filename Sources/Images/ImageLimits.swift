// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The bounds within which a file is read; its owner may be hostile.
package struct ImageLimits: Hashable, Sendable {
    /// The longest file that is opened, in bytes.
    package var fileBytes: UInt64
    /// The most program headers of one file.
    package var programHeaders: Int
    /// The most section headers of one file.
    package var sections: Int
    /// The most bytes of all symbol tables of one file together, their names included.
    ///
    /// A compiled table is never larger than what it is made from, so this bounds memory too.
    package var symbolTableBytes: Int

    /// The limits of the agent: far above what linkers produce.
    package static let standard = ImageLimits(
        fileBytes: 4 << 30,
        programHeaders: 1024,
        sections: 1 << 17,
        symbolTableBytes: 256 << 20
    )
}

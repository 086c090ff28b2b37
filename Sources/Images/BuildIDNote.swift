// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the build id among the notes of a file (System V ABI, chapter 5, "Note Section").
package enum BuildIDNote {
    /// The most bytes of notes that are searched in one place.
    package static let byteLimit: UInt64 = 64 << 10
    /// The most places that are searched in one file.
    package static let placeLimit = 16

    /// The first build id of a run of notes.
    ///
    /// - Parameters:
    ///   - bytes: The notes.
    ///   - alignment: `p_align` or `sh_addralign`; notes are padded to 8 bytes where it is 8,
    ///     to 4 otherwise.
    package static func find(in bytes: [UInt8], alignment: UInt64) -> BuildID? {
        let reader = ByteReader(bytes)
        let mask: UInt64 = alignment == 8 ? 7 : 3
        var offset: UInt64 = 0
        // The lengths are 32 bits wide and the offset is within the bytes: no sum can overflow.
        while let nameBytes = reader.uint32(at: offset),
            let valueBytes = reader.uint32(at: offset + 4), let type = reader.uint32(at: offset + 8)
        {
            let name = offset + 12
            let value = (name + UInt64(nameBytes) + mask) & ~mask
            if type == 3, nameBytes == 4,
                reader.bytes(at: name, count: 4)?.elementsEqual("GNU\0".utf8) == true,
                let bytes = reader.bytes(at: value, count: UInt64(valueBytes)),
                let buildID = BuildID(bytes)
            {
                return buildID
            }
            offset = (value + UInt64(valueBytes) + mask) & ~mask
        }
        return nil
    }

    /// The build id of a file, from its segments or else its sections.
    ///
    /// Notes that cannot be read are passed over: a build id is a help, not a need.
    package static func read(
        from source: borrowing some ImageSource & ~Copyable,
        segments: ProgramHeaders,
        sections: SectionHeaders
    ) -> BuildID? {
        for extent in (segments.notes + sections.notes).prefix(placeLimit) {
            let count = Int(min(extent.byteCount, byteLimit))
            guard let bytes = try? source.read(at: extent.fileOffset, count: count) else {
                continue
            }
            if let found = find(in: bytes, alignment: extent.alignment) { return found }
        }
        return nil
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A common information entry: what the functions that refer to it share.
struct CommonEntry {
    let codeAlignment: UInt64
    let dataAlignment: Int64
    /// The column whose rule gives the caller's program counter.
    let returnAddress: UInt64
    /// How the functions' addresses are written.
    let encoding: PointerEncoding
    /// Whether the functions' entries have augmentation data (`z`).
    let hasAugmentationData: Bool
    /// Whether its frames are the kernel's for a signal (`S`).
    let isSignalFrame: Bool
    /// The instructions that every function of it begins with, as offsets of the section.
    let instructions: Range<UInt64>

    /// Reads the CIE at an offset; nil where there is none, or one of an unknown form.
    init?(_ section: FrameSection, at offset: UInt64) {
        guard let record = FrameRecord(section, at: offset), record.content == .common
        else { return nil }
        var cursor = ByteCursor(section.reader, within: record.body)
        let version = cursor.uint8()
        guard version == 1 || version == 3 || version == 4 else { return nil }
        var letters: [UInt8] = []
        while true {
            let letter = cursor.uint8()
            if letter == 0 { break }
            letters.append(letter)
            guard letters.count <= Self.lettersLimit else { return nil }
        }
        if version == 4 {
            // Addresses of eight bytes and no segments: what the machines of the agent have.
            guard cursor.uint8() == 8, cursor.uint8() == 0 else { return nil }
        }
        codeAlignment = cursor.uleb()
        dataAlignment = cursor.sleb()
        returnAddress = version == 1 ? UInt64(cursor.uint8()) : cursor.uleb()
        hasAugmentationData = letters.first == UInt8(ascii: "z")
        var augmentation = Augmentation()
        if !letters.isEmpty {
            guard hasAugmentationData, let read = Augmentation(letters.dropFirst(), &cursor)
            else { return nil }
            augmentation = read
        }
        encoding = augmentation.encoding
        isSignalFrame = augmentation.isSignalFrame
        guard cursor.isSound else { return nil }
        instructions = cursor.offset..<record.body.upperBound
    }

    /// No augmentation has more letters than there are kinds of them.
    private static let lettersLimit = 8
}

/// What the letters of an augmentation say (LSB Core, "Augmentation String Format").
private struct Augmentation {
    var encoding = PointerEncoding.absolute
    var isSignalFrame = false

    /// No letters, as in `.debug_frame`.
    init() {}

    /// Reads the data of the letters after `z`; nil for a letter that is not known, since it may
    /// change what the rules mean.
    init?(_ letters: ArraySlice<UInt8>, _ cursor: inout ByteCursor) {
        let length = cursor.uleb()
        let start = cursor.offset
        for letter in letters {
            switch letter {
            case UInt8(ascii: "R"): encoding = PointerEncoding(rawValue: cursor.uint8())
            case UInt8(ascii: "L"): _ = cursor.uint8()
            case UInt8(ascii: "P"):
                let personality = PointerEncoding(rawValue: cursor.uint8())
                guard personality.value(&cursor) != nil else { return nil }
            case UInt8(ascii: "S"): isSignalFrame = true
            // The return address is signed with the other key, or memory is tagged (arm64).
            case UInt8(ascii: "B"), UInt8(ascii: "G"): break
            default: return nil
            }
        }
        // A sum that wraps lies behind, and so is not sound.
        cursor.skip(to: start &+ length)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The forms of expressions that real files have many frames of, and that need no evaluation.
enum ExpressionShape: Equatable {
    /// A register plus an offset.
    case register(UInt8, offset: Int64)
    /// The word at a register plus an offset, plus an addend: stacks that were realigned.
    case load(UInt8, offset: Int64, addend: UInt64)
    /// A procedure linkage table: 8 above the stack pointer, and 8 more from an instruction's
    /// offset in its slot of 16 bytes on, when the slot has pushed its number.
    case linkageTable(threshold: UInt8)

    /// The form of an expression; nil for any other, and for malformed ones.
    init?(_ bytes: ExpressionBytes, of section: FrameSection) {
        var cursor = ByteCursor(section.reader, within: bytes.range)
        let first = cursor.uint8()
        guard (0x70...0x8f).contains(first) else { return nil }
        let register = first - 0x70
        let offset = cursor.sleb()
        guard cursor.isSound else { return nil }
        if cursor.isAtEnd {
            self = .register(register, offset: offset)
            return
        }
        let second = cursor.uint8()
        if second == 0x06 {
            var addend: UInt64 = 0
            while cursor.isSound, !cursor.isAtEnd {
                guard cursor.uint8() == 0x23 else { return nil }
                addend &+= cursor.uleb()
            }
            guard cursor.isSound else { return nil }
            self = .load(register, offset: offset, addend: addend)
            return
        }
        // breg7+8, breg16+0, lit15, and, litN, ge, lit3, shl, plus
        guard register == 7, offset == 8, second == 0x80, cursor.sleb() == 0,
            cursor.uint8() == 0x3f, cursor.uint8() == 0x1a
        else { return nil }
        let threshold = cursor.uint8()
        guard (0x30...0x3f).contains(threshold), cursor.uint8() == 0x2a, cursor.uint8() == 0x33,
            cursor.uint8() == 0x24, cursor.uint8() == 0x22, cursor.isSound, cursor.isAtEnd
        else { return nil }
        self = .linkageTable(threshold: threshold - 0x30)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a key asks for.
enum TopAction: Hashable {
    case quit
    case help
    case view(TopView)
    /// Between CPU time and the time by the clock on the wall.
    case toggleWaits
    case sort(TopOrder)
    case reset
    case pause
    /// Down, or up where it is negative.
    case scrollRows(Int)
    case scrollPages(Int)
    case scrollToTop
    case scrollToEnd
    case redraw
    /// A key without a meaning of its own.
    case unknown
}

/// Turns what a terminal sends into actions.
///
/// A sequence for a key such as an arrow may come in several parts, so a part of one is kept.
struct TopKeys {
    private enum State {
        case text
        /// After ESC.
        case escape
        /// After ESC and `[`, with the numbers so far.
        case sequence([UInt8])
        /// After ESC and `O`, as the arrows come in the keypad's application mode.
        case single
    }

    private var state = State.text

    /// More numbers than any key has.
    private static let sequenceLimit = 16

    mutating func actions(of bytes: some Sequence<UInt8>) -> [TopAction] {
        bytes.compactMap { action(of: $0) }
    }

    private mutating func action(of byte: UInt8) -> TopAction? {
        switch state {
        case .text:
            if byte == 0x1b {
                state = .escape
                return nil
            }
            return Self.key(byte)
        case .escape:
            switch byte {
            case 0x1b: return nil
            case UInt8(ascii: "["): state = .sequence([])
            case UInt8(ascii: "O"): state = .single
            default:
                // The key came with Alt, or after ESC alone.
                state = .text
                return Self.key(byte)
            }
            return nil
        case .single:
            state = .text
            return Self.special(byte, [])
        case .sequence(var numbers):
            // ECMA-48, section 5.4: parameters and then a final byte.
            if (0x40...0x7e).contains(byte) {
                state = .text
                return Self.special(byte, numbers)
            }
            guard (0x20..<0x40).contains(byte), numbers.count < Self.sequenceLimit else {
                state = byte == 0x1b ? .escape : .text
                return nil
            }
            numbers.append(byte)
            state = .sequence(numbers)
            return nil
        }
    }

    private static func key(_ byte: UInt8) -> TopAction {
        switch byte {
        // Ctrl-C and Ctrl-\, where the terminal does not make signals of them.
        case UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03, 0x1c: .quit
        case UInt8(ascii: "h"), UInt8(ascii: "?"): .help
        case UInt8(ascii: "f"): .view(.function)
        case UInt8(ascii: "t"): .view(.thread)
        case UInt8(ascii: "g"): .view(.group)
        case UInt8(ascii: "w"): .toggleWaits
        case UInt8(ascii: "1")...UInt8(ascii: "4"):
            TopOrder(rawValue: Int(byte - UInt8(ascii: "0"))).map { .sort($0) } ?? .unknown
        case UInt8(ascii: "r"): .reset
        case UInt8(ascii: " "), UInt8(ascii: "p"): .pause
        case UInt8(ascii: "j"): .scrollRows(1)
        case UInt8(ascii: "k"): .scrollRows(-1)
        // Ctrl-L.
        case 0x0c: .redraw
        default: .unknown
        }
    }

    private static func special(_ final: UInt8, _ numbers: [UInt8]) -> TopAction {
        switch final {
        case UInt8(ascii: "A"): .scrollRows(-1)
        case UInt8(ascii: "B"): .scrollRows(1)
        case UInt8(ascii: "H"): .scrollToTop
        case UInt8(ascii: "F"): .scrollToEnd
        case UInt8(ascii: "~"):
            switch String(decoding: numbers, as: UTF8.self) {
            case "5": .scrollPages(-1)
            case "6": .scrollPages(1)
            case "1", "7": .scrollToTop
            case "4", "8": .scrollToEnd
            default: .unknown
            }
        default: .unknown
        }
    }
}

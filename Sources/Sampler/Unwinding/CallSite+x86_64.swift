// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
extension CallSite {
    /// The longest call that is told: a prefix, opcode, ModRM, SIB and four bytes of displacement.
    static let longestBytes = 7
    /// The bytes of a stub that are looked at: `endbr64`, `bnd` and the jump.
    static let stubBytes = 11

    /// - Parameters:
    ///   - bytes: the `longestBytes` before the return address.
    ///   - returnAddress: to which the distance of a direct call counts.
    init?(bytes: [UInt8], returnAddress: UInt64) {
        guard bytes.count == Self.longestBytes else { return nil }
        // E8 and the distance (Intel SDM, volume 2, CALL).
        if bytes[2] == 0xE8 {
            self = .direct(returnAddress &+ Self.distance(bytes[3..<7]))
            return
        }
        // FF /2: ModRM, perhaps SIB, and the displacement, counted from the end.
        for length in 2...7 where bytes[7 - length] == 0xFF {
            guard length == Self.indirectLength(bytes[(8 - length)...]) else { continue }
            self = .indirect
            return
        }
        return nil
    }

    /// How long an indirect call is by its ModRM byte, FF included; nil if it is no call.
    private static func indirectLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let form = bytes.first, form >> 3 & 7 == 2 else { return nil }
        let (mode, register) = (form >> 6, form & 7)
        let hasIndex = mode != 3 && register == 4
        let index = hasIndex ? 1 : 0
        switch mode {
        case 0:
            let base = hasIndex ? (bytes.dropFirst().first ?? 0) & 7 : register
            return 2 + index + (base == 5 ? 4 : 0)
        case 1: return 3 + index
        case 2: return 6 + index
        default: return 2
        }
    }

    /// The slot that a stub of a linkage table jumps through; nil if it is no stub.
    ///
    /// `jmp *distance(%rip)`, perhaps after `endbr64` and `bnd` (x86-64 psABI, 5.2 and 14).
    static func linkageSlot(_ bytes: [UInt8], at address: UInt64) -> UInt64? {
        var rest = bytes[...]
        if rest.starts(with: [0xF3, 0x0F, 0x1E, 0xFA]) { rest = rest.dropFirst(4) }
        if rest.first == 0xF2 { rest = rest.dropFirst() }
        guard rest.starts(with: [0xFF, 0x25]), rest.count >= 6 else { return nil }
        let end = address &+ UInt64(rest.startIndex + 6)
        return end &+ distance(rest.dropFirst(2).prefix(4))
    }

    /// A signed distance of four bytes, the lowest first.
    private static func distance(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        let value = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return UInt64(bitPattern: Int64(Int32(bitPattern: value)))
    }
}
#endif

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(arm64)
extension CallSite {
    static let longestBytes = 4
    static let stubBytes = 0

    /// - Parameters:
    ///   - bytes: the instruction before the return address.
    ///   - returnAddress: the instruction after it.
    init?(bytes: [UInt8], returnAddress: UInt64) {
        guard bytes.count == Self.longestBytes else { return nil }
        let word = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        // BL and its distance in words; BLR (Arm ARM, C6.2).
        if word >> 26 == 0b100101 {
            let distance = Int64(Int32(bitPattern: word << 6) >> 4)
            self = .direct(returnAddress &- 4 &+ UInt64(bitPattern: distance))
        } else if word & 0xFFFF_FC1F == 0xD63F_0000 {
            self = .indirect
        } else {
            return nil
        }
    }

    /// Stubs of arm64 load the slot's page first; they are not followed.
    static func linkageSlot(_ bytes: [UInt8], at address: UInt64) -> UInt64? { nil }
}
#endif

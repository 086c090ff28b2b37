// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension UnwindRule {
    /// The rule of a row, `slow` where it does not fit.
    ///
    /// The kernel's frames for signals are slow: they restore every register.
    init(_ row: FrameRow, of common: CommonEntry, in section: FrameSection) {
        #if arch(x86_64)
        self = Self.compact(row, of: common, in: section) ?? UnwindRule(.slow)
        #else
        // Return addresses lie at no fixed place of a frame.
        self = UnwindRule(.slow)
        #endif
    }

    private static func compact(
        _ row: FrameRow,
        of common: CommonEntry,
        in section: FrameSection
    ) -> UnwindRule? {
        guard !common.isSignalFrame,
            common.returnAddress == UInt64(RegisterFile.Number.returnAddress)
        else { return nil }
        let returnAddress = row[common.returnAddress]
        if returnAddress == .undefined { return UnwindRule(.outermost) }
        guard returnAddress == .offset(-8),
            row[UInt64(RegisterFile.Number.stackPointer)] == .unspecified,
            let (kind, register, offset, addend) = frameAddress(row.frameAddress, in: section)
        else { return nil }
        func saved(_ number: Int) -> Saved? {
            Self.saved(row[UInt64(number)], from: register, in: section)
        }
        guard let framePointer = saved(RegisterFile.Number.framePointer),
            let base = saved(RegisterFile.Number.base)
        else { return nil }
        var unchanged: UInt8 = 0
        for bit: UInt64 in 0..<4 {
            let rule = row[12 + bit]
            if rule == .unspecified || rule == .sameValue { unchanged |= 1 << UInt8(bit) }
        }
        return UnwindRule(
            kind,
            register: register,
            offset: offset,
            addend: addend,
            framePointer,
            base,
            unchanged: unchanged
        )
    }

    private static func frameAddress(
        _ rule: FrameAddressRule,
        in section: FrameSection
    ) -> (Kind, UInt8, Int32, Int32)? {
        switch rule {
        case .unspecified: return nil
        case .register(let register, let offset):
            return Int32(exactly: offset).map { (.register, register, $0, 0) }
        case .expression(let bytes):
            switch ExpressionShape(bytes, of: section) {
            case .load(let register, let offset, let addend):
                guard let offset = Int32(exactly: offset), let addend = Int32(exactly: addend)
                else { return nil }
                return (.load, register, offset, addend)
            case .linkageTable(let threshold):
                return (.linkageTable, UInt8(RegisterFile.Number.stackPointer), 8, Int32(threshold))
            case .register, nil: return nil
            }
        }
    }

    private static func saved(
        _ rule: RegisterRule,
        from register: UInt8,
        in section: FrameSection
    ) -> Saved? {
        switch rule {
        case .unspecified, .sameValue: return .same
        case .undefined: return .lost
        case .offset(let offset): return Int16(exactly: offset).map { .atFrameAddress($0) }
        case .expression(let bytes):
            guard case .register(register, let offset) = ExpressionShape(bytes, of: section)
            else { return nil }
            return Int16(exactly: offset).map { .atRegister($0) }
        case .valueOffset, .register, .valueExpression: return nil
        }
    }
}

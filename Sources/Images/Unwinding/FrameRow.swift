// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How a register's value in the caller is found (DWARF 5, section 6.4.1).
enum RegisterRule: Hashable {
    /// No instruction named the register: the ABI decides.
    case unspecified
    /// The value is lost.
    case undefined
    /// The value is the same as in this frame.
    case sameValue
    /// It was saved at the CFA plus an offset.
    case offset(Int64)
    /// It is the CFA plus an offset.
    case valueOffset(Int64)
    /// It is in another register.
    case register(UInt8)
    /// It was saved at the address that an expression gives.
    case expression(ExpressionBytes)
    /// It is what an expression gives.
    case valueExpression(ExpressionBytes)
}

/// How the canonical frame address is found: where the caller's stack pointer stood at the call.
enum FrameAddressRule: Hashable {
    /// No instruction has said it yet.
    case unspecified
    /// A register plus an offset.
    case register(UInt8, Int64)
    /// What an expression gives.
    case expression(ExpressionBytes)
}

/// Where the operations of a DWARF expression lie in their section.
struct ExpressionBytes: Hashable {
    let offset: UInt32
    let byteCount: UInt32

    /// The offsets of the operations.
    var range: Range<UInt64> { UInt64(offset)..<(UInt64(offset) + UInt64(byteCount)) }
}

/// The rules that hold at one instruction: one row of the table that a function's FDE describes.
struct FrameRow {
    var frameAddress = FrameAddressRule.unspecified

    // Rows are copied for each function: no longer than the machine's general registers need.
    #if arch(x86_64)
    private var rules = InlineArray<17, RegisterRule>(repeating: .unspecified)
    #else
    private var rules = InlineArray<33, RegisterRule>(repeating: .unspecified)
    #endif

    /// The rule of a register; setting one of a register that is not kept does nothing.
    subscript(number: UInt64) -> RegisterRule {
        get { number < UInt64(rules.count) ? rules[Int(number)] : .unspecified }
        set { if number < UInt64(rules.count) { rules[Int(number)] = newValue } }
    }
}

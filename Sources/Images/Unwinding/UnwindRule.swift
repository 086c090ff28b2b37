// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A row in 16 bytes: all that nearly every frame needs to find its caller.
///
/// It holds what is common on x86-64: a return address just below the CFA, and rbp and rbx kept or
/// saved. Any other row is `slow`, and its function's instructions are run when it is met.
struct UnwindRule: Hashable, BitwiseCopyable {
    enum Kind: UInt8 {
        /// No function describes the place.
        case gap
        /// There is no caller.
        case outermost
        /// The function's instructions contradict the format.
        case malformed
        /// The row has to be evaluated in full.
        case slow
        /// The CFA is a register plus an offset.
        case register
        /// It is the word at a register plus an offset, plus an addend.
        case load
        /// It is that of a procedure linkage table.
        case linkageTable
        /// The function may go on on another stack, so its own pointer leads nowhere.
        case stackSwitch
    }

    /// What became of a register that callees preserve.
    enum Saved: Hashable {
        /// It still has the caller's value.
        case same
        /// Its value cannot be told.
        case lost
        /// It was saved at the CFA plus an offset.
        case atFrameAddress(Int16)
        /// It was saved at the register of the CFA's rule plus an offset.
        case atRegister(Int16)
    }

    let kind: Kind
    /// The DWARF number of the register that the CFA is found from.
    let register: UInt8
    /// Bits 0-1 and 2-3 are the states of rbp and rbx, bits 4-7 are set for r12 to r15 unchanged.
    private let states: UInt8
    /// What is added to the register.
    let offset: Int32
    /// What is added to the word of a `load`, or from where a linkage table's slot has pushed.
    let addend: Int32
    private let framePointerOffset: Int16
    private let baseOffset: Int16

    /// A rule that says no more than its kind.
    init(_ kind: Kind) {
        self.init(kind, register: 0, offset: 0, addend: 0, .lost, .lost, unchanged: 0)
    }

    /// A rule for a caller.
    ///
    /// - Parameters:
    ///   - framePointer: What became of rbp.
    ///   - base: What became of rbx.
    ///   - unchanged: Bit N for a register 12 + N that still has the caller's value.
    init(
        _ kind: Kind,
        register: UInt8,
        offset: Int32,
        addend: Int32 = 0,
        _ framePointer: Saved,
        _ base: Saved,
        unchanged: UInt8
    ) {
        self.kind = kind
        self.register = register
        self.offset = offset
        self.addend = addend
        let (framePointerState, framePointerOffset) = Self.pack(framePointer)
        let (baseState, baseOffset) = Self.pack(base)
        states = framePointerState | baseState << 2 | unchanged << 4
        self.framePointerOffset = framePointerOffset
        self.baseOffset = baseOffset
    }

    /// What became of rbp.
    var framePointer: Saved { Self.unpack(states & 3, framePointerOffset) }
    /// What became of rbx.
    var base: Saved { Self.unpack(states >> 2 & 3, baseOffset) }
    /// The registers among r12 to r15 with the caller's value, bit N for register N.
    var unchanged: UInt64 { UInt64(states >> 4) << 12 }

    /// A number that differs for most rules of a file, and costs next to nothing.
    var fingerprint: UInt8 {
        let saved = framePointerOffset &* 3 &+ baseOffset &* 5
        let mixed = (offset &+ Int32(saved)) >> 3 ^ Int32(states) << 2 ^ Int32(register) << 5
        return UInt8(truncatingIfNeeded: mixed)
    }

    private static func pack(_ saved: Saved) -> (state: UInt8, offset: Int16) {
        switch saved {
        case .same: (0, 0)
        case .lost: (1, 0)
        case .atFrameAddress(let offset): (2, offset)
        case .atRegister(let offset): (3, offset)
        }
    }

    private static func unpack(_ state: UInt8, _ offset: Int16) -> Saved {
        switch state {
        case 0: .same
        case 1: .lost
        case 2: .atFrameAddress(offset)
        default: .atRegister(offset)
        }
    }
}

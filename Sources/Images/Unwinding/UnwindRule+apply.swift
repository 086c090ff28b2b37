// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension UnwindRule {
    /// Makes the registers those of the caller; they stay as they are unless it is found.
    ///
    /// - Parameter isInterrupted: Whether the frame did not call, but was stopped.
    func apply(
        to registers: inout RegisterFile,
        stack: StackBytes,
        isInterrupted: Bool
    ) -> UnwindStep {
        guard let start = value(of: Int(register), in: registers) else {
            return .unknownRegister(Int(register))
        }
        var frameAddress = start &+ UInt64(bitPattern: Int64(offset))
        if kind == .load {
            guard let word = stack.word(at: frameAddress) else {
                return .notCopied(address: frameAddress)
            }
            frameAddress = word &+ UInt64(bitPattern: Int64(addend))
        } else if kind == .linkageTable, Int32(registers.programCounter & 15) >= addend {
            frameAddress &+= 8
        }
        let returnSlot = frameAddress &- 8
        guard let returnAddress = stack.word(at: returnSlot) else {
            return .notCopied(address: returnSlot)
        }
        let slots = SavedSlots(
            stackPointer: registers[RegisterFile.Number.stackPointer],
            stack: stack,
            isInterrupted: isInterrupted
        )
        let framePointer = slots.value(
            of: self.framePointer,
            same: registers[RegisterFile.Number.framePointer],
            frameAddress,
            start
        )
        let base = slots.value(
            of: self.base,
            same: registers[RegisterFile.Number.base],
            frameAddress,
            start
        )
        registers.keepOnly(unchanged)
        registers[RegisterFile.Number.framePointer] = framePointer
        registers[RegisterFile.Number.base] = base
        registers[RegisterFile.Number.stackPointer] = frameAddress
        registers.programCounter = returnAddress
        return .caller(isSignalFrame: false)
    }
}

extension UnwindRule {
    /// A register's value; nil if it is not known.
    ///
    /// Nearly every rule is about the stack pointer or the frame pointer. Their numbers are written
    /// out, since to read a register by a variable number copies all of them first.
    @inline(__always)
    private func value(of number: Int, in registers: RegisterFile) -> UInt64? {
        switch number {
        case RegisterFile.Number.stackPointer: registers[RegisterFile.Number.stackPointer]
        case RegisterFile.Number.framePointer: registers[RegisterFile.Number.framePointer]
        default: registers[number]
        }
    }
}

/// The words of a frame in which registers were saved.
struct SavedSlots {
    /// Where the frame's stack pointer stands, if that is known.
    let stackPointer: UInt64?
    let stack: StackBytes
    let isInterrupted: Bool

    /// The value of a register in the caller; nil where it cannot be told.
    ///
    /// - Parameters:
    ///   - same: Its value in this frame.
    ///   - register: The value of the register that the CFA was found from.
    @inline(__always)
    func value(
        of saved: UnwindRule.Saved,
        same: UInt64?,
        _ frameAddress: UInt64,
        _ register: UInt64
    ) -> UInt64? {
        switch saved {
        case .same: same
        case .lost: nil
        case .atFrameAddress(let offset): word(at: frameAddress, Int64(offset))
        case .atRegister(let offset): word(at: register, Int64(offset))
        }
    }

    /// The word at an address plus an offset; nil where it was not copied or cannot be trusted.
    ///
    /// After the `pop` of an epilogue a rule may still name the slot that was popped, which is now
    /// below the stack pointer. It has the value still where the frame was interrupted; where it
    /// called, the callee has written over it.
    @inline(__always)
    func word(at address: UInt64, _ offset: Int64) -> UInt64? {
        let slot = address &+ UInt64(bitPattern: offset)
        if !isInterrupted, let stackPointer, slot < stackPointer { return nil }
        return stack.word(at: slot)
    }
}

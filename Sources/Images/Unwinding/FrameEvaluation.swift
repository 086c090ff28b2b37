// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// One step by all rules of a row: every register, and every kind of rule.
struct FrameEvaluation {
    let row: FrameRow
    let common: CommonEntry
    let section: FrameSection
    let registers: RegisterFile
    let stack: StackBytes
    let isInterrupted: Bool

    /// What could be found out about a value.
    private typealias Value = FrameExpression.Outcome

    /// Makes the registers those of the caller; they stay as they are unless it is found.
    func step(_ result: inout RegisterFile) -> UnwindStep {
        let returnRule = row[common.returnAddress]
        if returnRule == .undefined { return .outermost }
        guard common.returnAddress < UInt64(RegisterFile.count) else { return .malformed }
        let frameAddress: UInt64
        switch self.frameAddress() {
        case .value(let value): frameAddress = value
        case .failure(let failure): return failure
        }
        let slots = SavedSlots(
            stackPointer: registers[RegisterFile.Number.stackPointer],
            stack: stack,
            isInterrupted: isInterrupted
        )
        let returnAddress: UInt64
        switch value(returnRule, of: Int(common.returnAddress), frameAddress) {
        case .value(let value): returnAddress = value
        case .failure(let failure): return failure
        }
        var caller = RegisterFile()
        for number in 0..<RegisterFile.count where number != Int(common.returnAddress) {
            caller[number] = callers(number, frameAddress, slots)
        }
        guard caller[RegisterFile.Number.stackPointer] != nil else {
            return failure(of: RegisterFile.Number.stackPointer, frameAddress)
        }
        caller.programCounter = returnAddress
        result = caller
        return .caller(isSignalFrame: common.isSignalFrame)
    }

    private func frameAddress() -> Value {
        switch row.frameAddress {
        case .unspecified: .failure(.malformed)
        case .register(let number, let offset): register(Int(number), plus: offset)
        case .expression(let bytes): evaluate(bytes, initial: nil)
        }
    }

    /// The value of a register in the caller; nil where it is not known.
    private func callers(_ number: Int, _ frameAddress: UInt64, _ slots: SavedSlots) -> UInt64? {
        switch row[UInt64(number)] {
        case .unspecified:
            if number == RegisterFile.Number.stackPointer { return frameAddress }
            return RegisterFile.preserved & (1 << UInt64(number)) != 0 ? registers[number] : nil
        case .offset(let offset): return slots.word(at: frameAddress, offset)
        case let rule:
            guard case .value(let value) = value(rule, of: number, frameAddress) else {
                return nil
            }
            return value
        }
    }

    /// Why the value of a register in the caller is not known.
    private func failure(of number: Int, _ frameAddress: UInt64) -> UnwindStep {
        guard case .failure(let failure) = value(row[UInt64(number)], of: number, frameAddress)
        else { return .unknownRegister(number) }
        return failure
    }

    private func value(_ rule: RegisterRule, of number: Int, _ frameAddress: UInt64) -> Value {
        switch rule {
        case .undefined: .failure(.unknownRegister(number))
        // A return address without a rule is in the link register, if the machine has one.
        case .unspecified, .sameValue:
            registers[number].map { .value($0) } ?? .failure(.unknownRegister(number))
        case .offset(let offset): word(at: frameAddress &+ UInt64(bitPattern: offset))
        case .valueOffset(let offset): .value(frameAddress &+ UInt64(bitPattern: offset))
        case .register(let other): register(Int(other), plus: 0)
        case .expression(let bytes):
            switch evaluate(bytes, initial: frameAddress) {
            case .value(let address): word(at: address)
            case let failure: failure
            }
        case .valueExpression(let bytes): evaluate(bytes, initial: frameAddress)
        }
    }

    private func word(at address: UInt64) -> Value {
        stack.word(at: address).map { .value($0) } ?? .failure(.notCopied(address: address))
    }

    private func register(_ number: Int, plus offset: Int64) -> Value {
        registers.value(ofColumn: number).map { .value($0 &+ UInt64(bitPattern: offset)) }
            ?? .failure(.unknownRegister(number))
    }

    private func evaluate(_ bytes: ExpressionBytes, initial: UInt64?) -> Value {
        FrameExpression.evaluate(
            bytes,
            of: section,
            initial: initial,
            registers: registers,
            stack: stack
        )
    }
}

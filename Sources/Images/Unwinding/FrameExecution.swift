// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The state of a run of call frame instructions, and the meaning of each (DWARF 5, section 6.4.2;
/// LSB Core, "DWARF Extensions").
struct FrameExecution {
    /// What one instruction did.
    enum Effect: Equatable {
        /// It changed the rules, or nothing.
        case rules
        /// The rules so far hold up to this address.
        case location(UInt64)
        /// There was no further instruction.
        case end
        case malformed
    }

    private(set) var row: FrameRow
    private(set) var instructionCount = 0
    private(set) var isMalformed = false
    /// Whether it ended since the limit of instructions was reached.
    private(set) var isCut = false

    private var cursor: ByteCursor
    private let section: FrameSection
    private let common: CommonEntry
    private let initial: FrameRow
    private let instructionLimit: Int
    private var remembered: [FrameRow] = []

    /// Begins at the first instruction.
    ///
    /// - Parameters:
    ///   - initial: The row to begin with, to which `DW_CFA_restore` goes back.
    ///   - instructionLimit: The most instructions that are run.
    init(
        _ section: FrameSection,
        instructions: Range<UInt64>,
        common: CommonEntry,
        initial: FrameRow,
        instructionLimit: Int
    ) {
        self.section = section
        self.common = common
        self.initial = initial
        row = initial
        self.instructionLimit = instructionLimit
        cursor = ByteCursor(section.reader, within: instructions)
    }

    /// Runs one instruction.
    ///
    /// - Parameter location: The address that the rules are about so far.
    mutating func step(at location: UInt64) -> Effect {
        if isMalformed { return .malformed }
        if cursor.isAtEnd { return .end }
        guard instructionCount < instructionLimit else {
            isCut = true
            isMalformed = true
            return .malformed
        }
        instructionCount += 1
        let effect = run(cursor.uint8(), at: location)
        guard cursor.isSound, effect != .malformed else {
            isMalformed = true
            return .malformed
        }
        return effect
    }

    private mutating func run(_ instruction: UInt8, at location: UInt64) -> Effect {
        let operand = UInt64(instruction & 0x3f)
        switch instruction >> 6 {
        case 1: return advance(operand, from: location)
        case 2: row[operand] = .offset(unsignedOffset())
        case 3: row[operand] = initial[operand]
        default:
            switch instruction {
            case 0x00: break  // nop
            case 0x01:  // set_loc
                let address = common.encoding.address(&cursor, section.bases)
                return address.map { .location($0) } ?? .malformed
            case 0x02: return advance(UInt64(cursor.uint8()), from: location)
            case 0x03: return advance(UInt64(cursor.uint16()), from: location)
            case 0x04: return advance(UInt64(cursor.uint32()), from: location)
            case 0x1d: return advance(cursor.uint64(), from: location)
            case 0x0a...0x0b: return runState(instruction)
            case 0x0c...0x0f, 0x12...0x13: return runFrameAddress(instruction)
            case 0x2d: break  // AARCH64_negate_ra_state: has no operand
            case 0x2e: _ = cursor.uleb()  // GNU_args_size: for exceptions alone
            default: return runRegister(instruction)
            }
        }
        return .rules
    }

    /// The instructions that set the rule of one register.
    private mutating func runRegister(_ instruction: UInt8) -> Effect {
        let register = cursor.uleb()
        switch instruction {
        case 0x05: row[register] = .offset(unsignedOffset())
        case 0x06: row[register] = initial[register]
        case 0x07: row[register] = .undefined
        case 0x08: row[register] = .sameValue
        case 0x09: row[register] = .register(UInt8(clamping: cursor.uleb()))
        case 0x10: row[register] = .expression(expression())
        case 0x11: row[register] = .offset(signedOffset())
        case 0x14: row[register] = .valueOffset(unsignedOffset())
        case 0x15: row[register] = .valueOffset(signedOffset())
        case 0x16: row[register] = .valueExpression(expression())
        case 0x2f: row[register] = .offset(0 &- unsignedOffset())  // GNU_negative_offset_extended
        default: return .malformed
        }
        return .rules
    }

    /// The instructions that set the rule of the canonical frame address.
    private mutating func runFrameAddress(_ instruction: UInt8) -> Effect {
        switch instruction {
        case 0x0c: row.frameAddress = .register(register(), plainOffset())
        case 0x12: row.frameAddress = .register(register(), signedOffset())
        case 0x0f: row.frameAddress = .expression(expression())
        default:
            // The others change one half of a rule that must be there.
            guard case .register(let register, let offset) = row.frameAddress else {
                return .malformed
            }
            switch instruction {
            case 0x0d: row.frameAddress = .register(self.register(), offset)
            case 0x0e: row.frameAddress = .register(register, plainOffset())
            default: row.frameAddress = .register(register, signedOffset())
            }
        }
        return .rules
    }

    /// `DW_CFA_remember_state` and `DW_CFA_restore_state`: the whole row, its CFA included.
    private mutating func runState(_ instruction: UInt8) -> Effect {
        if instruction == 0x0a {
            guard remembered.count < FrameProgram.rememberLimit else { return .malformed }
            remembered.append(row)
            return .rules
        }
        guard let last = remembered.popLast() else { return .malformed }
        row = last
        return .rules
    }

    private func advance(_ delta: UInt64, from location: UInt64) -> Effect {
        let (distance, isTooFar) = delta.multipliedReportingOverflow(by: common.codeAlignment)
        let (address, wraps) = location.addingReportingOverflow(distance)
        return isTooFar || wraps ? .malformed : .location(address)
    }

    private mutating func register() -> UInt8 { UInt8(clamping: cursor.uleb()) }

    private mutating func plainOffset() -> Int64 { Int64(truncatingIfNeeded: cursor.uleb()) }

    private mutating func unsignedOffset() -> Int64 { plainOffset() &* common.dataAlignment }

    private mutating func signedOffset() -> Int64 { cursor.sleb() &* common.dataAlignment }

    /// A block of operations; sections are far shorter than its numbers reach.
    private mutating func expression() -> ExpressionBytes {
        let byteCount = cursor.uleb()
        let offset = cursor.offset
        cursor.skip(byteCount)
        return ExpressionBytes(
            offset: UInt32(truncatingIfNeeded: offset),
            byteCount: UInt32(truncatingIfNeeded: byteCount)
        )
    }
}

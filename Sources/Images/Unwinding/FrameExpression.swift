// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The small stack machine of DWARF expressions, as far as unwind rules use it (DWARF 5, 2.5).
///
/// Rules find addresses and values in general registers and on the stack. Operations that name
/// anything else, such as thread-local storage or a compilation unit, are malformed here.
struct FrameExpression {
    /// What became of an evaluation.
    enum Outcome: Equatable {
        case value(UInt64)
        /// The evaluation cannot be done, for the reason that the step is to report.
        case failure(UnwindStep)
    }

    /// The most operations of one evaluation: branches may lead back.
    static let operationLimit = 512
    /// The most values on its stack.
    static let depthLimit = 32

    private let registers: RegisterFile
    private let stack: StackBytes
    private let reader: ByteReader
    private let range: Range<UInt64>

    private var cursor: ByteCursor
    private var values = InlineArray<32, UInt64>(repeating: 0)
    private var depth = 0
    private var failure: UnwindStep?

    /// Evaluates the operations of a rule.
    ///
    /// - Parameter initial: What lies on the stack at first: the CFA for a register's rule, nothing
    ///   for the CFA's own.
    static func evaluate(
        _ bytes: ExpressionBytes,
        of section: FrameSection,
        initial: UInt64?,
        registers: RegisterFile,
        stack: StackBytes
    ) -> Outcome {
        var machine = FrameExpression(section.reader, bytes.range, registers, stack)
        if let initial { machine.push(initial) }
        return machine.run()
    }

    private init(
        _ reader: ByteReader,
        _ range: Range<UInt64>,
        _ registers: RegisterFile,
        _ stack: StackBytes
    ) {
        self.reader = reader
        self.range = range
        self.registers = registers
        self.stack = stack
        cursor = ByteCursor(reader, within: range)
    }

    private mutating func run() -> Outcome {
        var operations = 0
        while cursor.isSound, !cursor.isAtEnd {
            operations += 1
            guard operations <= Self.operationLimit else { return .failure(.malformed) }
            execute(cursor.uint8())
            if let failure { return .failure(failure) }
        }
        let value = pop()
        guard cursor.isSound, failure == nil else { return .failure(.malformed) }
        return .value(value)
    }

    private mutating func execute(_ operation: UInt8) {
        switch operation {
        case 0x06: push(load(pop(), byteCount: 8))
        case 0x08...0x11: push(constant(operation))
        case 0x12...0x17: rearrange(operation)
        case 0x19, 0x1f, 0x20, 0x23: executeUnary(operation)
        case 0x1a...0x27: executeBinary(operation)
        case 0x28:  // bra
            let distance = cursor.uint16()
            if pop() != 0 { jump(distance) }
        case 0x29...0x2e: executeBinary(operation)
        case 0x2f: jump(cursor.uint16())  // skip
        case 0x30...0x4f: push(UInt64(operation - 0x30))  // lit0 and up
        case 0x70...0x8f: push(registerValue(UInt64(operation - 0x70)))  // breg0 and up
        case 0x92: push(registerValue(cursor.uleb()))  // bregx
        case 0x94: push(load(pop(), byteCount: cursor.uint8()))  // deref_size
        case 0x96: break  // nop
        default: fail(.malformed)
        }
    }

    /// `DW_OP_const1u` to `DW_OP_consts`.
    private mutating func constant(_ operation: UInt8) -> UInt64 {
        switch operation {
        case 0x08: UInt64(cursor.uint8())
        case 0x09: UInt64(bitPattern: Int64(Int8(bitPattern: cursor.uint8())))
        case 0x0a: UInt64(cursor.uint16())
        case 0x0b: UInt64(bitPattern: Int64(Int16(bitPattern: cursor.uint16())))
        case 0x0c: UInt64(cursor.uint32())
        case 0x0d: UInt64(bitPattern: Int64(Int32(bitPattern: cursor.uint32())))
        case 0x0e, 0x0f: cursor.uint64()
        case 0x10: cursor.uleb()
        default: UInt64(bitPattern: cursor.sleb())
        }
    }

    /// `DW_OP_dup` to `DW_OP_rot`.
    private mutating func rearrange(_ operation: UInt8) {
        switch operation {
        case 0x12: push(value(below: 0))  // dup
        case 0x13: _ = pop()  // drop
        case 0x14: push(value(below: 1))  // over
        case 0x15: push(value(below: Int(cursor.uint8())))  // pick
        case 0x16: insertTop(below: 1)  // swap
        default: insertTop(below: 2)  // rot
        }
    }

    /// Moves the top value below a number of others.
    private mutating func insertTop(below count: Int) {
        let top = pop()
        guard depth >= count else { return fail(.malformed) }
        for index in stride(from: depth, to: depth - count, by: -1) {
            values[index] = values[index - 1]
        }
        values[depth - count] = top
        depth += 1
    }

    /// `DW_OP_abs`, `DW_OP_neg`, `DW_OP_not` and `DW_OP_plus_uconst`.
    private mutating func executeUnary(_ operation: UInt8) {
        let value = pop()
        switch operation {
        case 0x19: push(Int64(bitPattern: value) < 0 ? 0 &- value : value)
        case 0x1f: push(0 &- value)
        case 0x20: push(~value)
        default: push(value &+ cursor.uleb())
        }
    }

    private mutating func executeBinary(_ operation: UInt8) {
        let right = pop()
        let left = pop()
        guard let result = Self.combine(operation, left, right) else { return fail(.malformed) }
        push(result)
    }

    /// The quotient of signed numbers; the lowest one by -1 is itself.
    private static func quotient(_ left: Int64, _ right: Int64) -> UInt64? {
        let (quotient, _) = left.dividedReportingOverflow(by: right)
        return right == 0 ? nil : UInt64(bitPattern: quotient)
    }

    /// The value of an operation on two values; nil for a division by zero.
    private static func combine(_ operation: UInt8, _ left: UInt64, _ right: UInt64) -> UInt64? {
        let (signedLeft, signedRight) = (Int64(bitPattern: left), Int64(bitPattern: right))
        return switch operation {
        case 0x1a: left & right
        case 0x1b: quotient(signedLeft, signedRight)
        case 0x1c: left &- right
        case 0x1d: right == 0 ? nil : left % right
        case 0x1e: left &* right
        case 0x21: left | right
        case 0x22: left &+ right
        // Swift's shifts by the width and more give 0, or the sign, as DWARF asks.
        case 0x24: left << right
        case 0x25: left >> right
        case 0x26: UInt64(bitPattern: signedLeft >> right)
        case 0x27: left ^ right
        case 0x29: left == right ? 1 : 0
        case 0x2a: signedLeft >= signedRight ? 1 : 0
        case 0x2b: signedLeft > signedRight ? 1 : 0
        case 0x2c: signedLeft <= signedRight ? 1 : 0
        case 0x2d: signedLeft < signedRight ? 1 : 0
        default: left != right ? 1 : 0
        }
    }
}

extension FrameExpression {
    /// The value of a register plus the offset that follows.
    private mutating func registerValue(_ number: UInt64) -> UInt64 {
        let offset = UInt64(bitPattern: cursor.sleb())
        let index = Int(clamping: number)
        guard let value = registers.value(ofColumn: index) else {
            fail(.unknownRegister(index))
            return 0
        }
        return value &+ offset
    }

    /// The lowest bytes of the word at an address.
    private mutating func load(_ address: UInt64, byteCount: UInt8) -> UInt64 {
        guard failure == nil, (1...8).contains(byteCount) else {
            fail(.malformed)
            return 0
        }
        guard let word = stack.word(at: address) else {
            fail(.notCopied(address: address))
            return 0
        }
        return byteCount == 8 ? word : word & (1 << (UInt64(byteCount) * 8) &- 1)
    }

    private mutating func jump(_ distance: UInt16) {
        let target = cursor.offset &+ UInt64(bitPattern: Int64(Int16(bitPattern: distance)))
        guard range.contains(target) || target == range.upperBound else { return fail(.malformed) }
        cursor = ByteCursor(reader, from: target, to: range.upperBound)
    }

    private mutating func push(_ value: UInt64) {
        guard depth < Self.depthLimit else { return fail(.malformed) }
        values[depth] = value
        depth += 1
    }

    private mutating func pop() -> UInt64 {
        let top = value(below: 0)
        if failure == nil { depth -= 1 }
        return top
    }

    private mutating func value(below count: Int) -> UInt64 {
        guard count < depth else {
            fail(.malformed)
            return 0
        }
        return values[depth - 1 - count]
    }

    /// Keeps the first failure.
    private mutating func fail(_ step: UnwindStep) {
        if failure == nil { failure = step }
    }
}

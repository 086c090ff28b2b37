// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles

/// Reads bytes as unwind records, and steps by them.
///
/// An input begins with 16 bytes, which `Scripts/fuzz.py` writes for real files: a byte of options
/// (1: `.debug_frame`; 2: with a search table), three unused, and three numbers of 32 bits: how far
/// before the section the search table and the first function lie, and how long the table is. The
/// table and the section follow.
enum FuzzedFrames {
    /// Where the section lies: the rest of its file has room before it.
    private static let address: UInt64 = 0x1000_0000
    private static let stackAddress: UInt64 = 0x7ffe_0000_0000

    static func read(_ bytes: [UInt8]) -> String {
        guard bytes.count > 16 else { return "short" }
        let numbers = (1..<4).map { number(at: $0 * 4, in: bytes) }
        let rest = bytes.dropFirst(16)
        let table = Array(rest.prefix(Int(numbers[2])))
        let records = Array(rest.dropFirst(table.count))
        let isDebugFrame = bytes[0] & 1 == 1
        let section = FrameSection(
            kind: isDebugFrame ? .debugFrame : .ehFrame,
            address: ImageAddress(address),
            bytes: records
        )
        let sections =
            isDebugFrame
            ? UnwindSections(ehFrame: nil, debugFrame: section)
            : UnwindSections(
                ehFrame: section,
                header: bytes[0] & 2 == 2 ? (table, ImageAddress(address &- numbers[0])) : nil
            )
        // Of `.debug_frame` addresses are absolute.
        let code = isDebugFrame ? numbers[1] : address &- numbers[1]
        return interrogate(UnwindTable(sections), around: code, seed: bytes.count)
    }

    private static func number(at offset: Int, in bytes: [UInt8]) -> UInt64 {
        var number: UInt64 = 0
        for index in (offset..<(offset + 4)).reversed() {
            number = number << 8 | UInt64(bytes[index])
        }
        return number
    }

    /// Steps at addresses of some pages, twice each: as if interrupted, and as if calling.
    @discardableResult
    static func interrogate(_ table: UnwindTable, around code: UInt64, seed: Int) -> String {
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        var words: [UInt64] = []
        for _ in 0..<256 {
            // Half of the words lead to the stack again.
            let leadsBack = Bool.random(using: &random)
            words.append(leadsBack ? stackWord(&random) : random.next() >> 17)
        }
        var outcomes: Set<String> = []
        var addresses = [0, code &- 1, code &+ 0x1_0000, UInt64.max]
        for offset in stride(from: UInt64(0), to: 0x1000, by: 61) {
            addresses.append(code &+ offset)
        }
        for _ in 0..<16 { addresses.append(code &+ random.next() % 0x2_0000) }
        words.withUnsafeBytes { bytes in
            let stack = StackBytes(base: Address(stackAddress), bytes: bytes)
            for address in addresses {
                for isInnermost in [true, false] {
                    outcomes.insert(step(table, address, stack, isInnermost, &random))
                }
            }
        }
        return outcomes.sorted().joined(separator: "+")
    }

    /// The address of a word of the stack.
    private static func stackWord(_ random: inout SplitMix64) -> UInt64 {
        stackAddress &+ (random.next() % 2048 & ~7)
    }

    private static func step(
        _ table: UnwindTable,
        _ address: UInt64,
        _ stack: StackBytes,
        _ isInnermost: Bool,
        _ random: inout SplitMix64
    ) -> String {
        var registers = RegisterFile()
        for number in 0..<17 { registers[number] = stackWord(&random) }
        registers.programCounter = address
        let pointer = registers[RegisterFile.Number.stackPointer]
        let step = table.step(
            at: ImageAddress(address),
            registers: &registers,
            stack: stack,
            isInnermost: isInnermost
        )
        if case .caller = step { return "caller" }
        precondition(registers[RegisterFile.Number.stackPointer] == pointer)
        precondition(registers.programCounter == address)
        return switch step {
        case .caller: "caller"
        case .outermost: "outermost"
        case .noRule: "no_rule"
        case .notCopied: "not_copied"
        case .unknownRegister: "unknown_register"
        default: "not_followed"
        }
    }
}

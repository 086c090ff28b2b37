// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
package import SystemPackage

/// The seccomp program that stops a command at the calls that are asked for, and at no other.
///
/// A classic BPF program over `struct seccomp_data` (seccomp(2)): the kernel runs it at each call.
/// What it returns for a call to be traced carries the number and the interface, so that the tracer
/// need not ask for them. Calls that never return (exit, exit_group) have nothing to be counted.
package struct CallFilter: Sendable {
    private(set) var instructions: [cptrace_instruction] = []

    // linux/seccomp.h and linux/filter.h.
    private static let allow: UInt32 = 0x7fff_0000
    private static let trace: UInt32 = 0x7ff0_0000
    private static let loadWord: UInt16 = 0x20
    private static let jump: UInt16 = 0x05
    private static let orConstant: UInt16 = 0x44
    private static let andConstant: UInt16 = 0x54
    private static let jumpIfEqual: UInt16 = 0x15
    private static let jumpIfGreater: UInt16 = 0x25
    private static let jumpIfAtLeast: UInt16 = 0x35
    private static let jumpIfSet: UInt16 = 0x45
    private static let returnConstant: UInt16 = 0x06
    private static let returnAccumulator: UInt16 = 0x16
    private static let numberOffset: UInt32 = 0
    private static let interfaceOffset: UInt32 = 4

    /// - Parameter calls: what to stop at.
    package init(_ calls: SystemCallSelection) {
        let native = Self.body(
            calls.isAll ? nil : calls.numbers,
            leavingOut: SystemCallNumber.neverReturning,
            .native
        )
        let other = Self.body(
            calls.isAll ? nil : calls.numbers32,
            leavingOut: SystemCallNumber.neverReturning32,
            .bits32
        )
        instructions = [
            Self.instruction(Self.loadWord, Self.interfaceOffset),
            Self.instruction(Self.jumpIfEqual, NativeABI.auditArchitecture, ifTrue: 2),
            Self.instruction(Self.jumpIfEqual, NativeABI.auditArchitecture32, ifTrue: 2),
            Self.instruction(Self.returnConstant, Self.allow),
            // A conditional jump reaches 255 instructions, this one any number.
            Self.instruction(Self.jump, UInt32(other.count)),
        ]
        instructions += other
        instructions += native
    }

    /// Puts the filter in force for the caller and all that it becomes and starts.
    ///
    /// Without CAP_SYS_ADMIN the kernel wants to know first that no program below can gain
    /// privileges by its file (PR_SET_NO_NEW_PRIVS, seccomp(2)).
    ///
    /// - Throws: the error of seccomp(2).
    package func install() throws(Errno) {
        var result = cptrace_install_filter(instructions, UInt16(instructions.count))
        if Errno(rawValue: CInt(truncatingIfNeeded: -result)) == .permissionDenied {
            _ = cptrace_forbid_new_privileges()
            result = cptrace_install_filter(instructions, UInt16(instructions.count))
        }
        if result < 0 { throw Errno(rawValue: CInt(truncatingIfNeeded: -result)) }
    }

    /// What decides on the number in one interface; nil stands for all numbers.
    private static func body(
        _ numbers: [Int32]?,
        leavingOut omitted: [Int32],
        _ interface: TracedCall.Interface
    ) -> [cptrace_instruction] {
        var body = [instruction(loadWord, numberOffset)]
        if interface == .native {
            #if arch(x86_64)
            // Names are of the native numbers, so x32 calls are traced with all calls only.
            if numbers == nil {
                body.append(instruction(jumpIfSet, 0x4000_0000, ifFalse: 3))
                body.append(instruction(andConstant, TracedCall.highestNumber))
                body.append(instruction(orConstant, tag(.x32)))
                body.append(instruction(returnAccumulator, 0))
            } else {
                body.append(instruction(jumpIfSet, 0x4000_0000, ifFalse: 1))
                body.append(instruction(returnConstant, allow))
            }
            #endif
        }
        guard let numbers else {
            for number in omitted {
                body.append(instruction(jumpIfEqual, UInt32(number), ifFalse: 1))
                body.append(instruction(returnConstant, allow))
            }
            body.append(instruction(jumpIfGreater, TracedCall.highestNumber, ifFalse: 1))
            body.append(instruction(returnConstant, tag(interface) | TracedCall.highestNumber))
            body.append(instruction(orConstant, tag(interface)))
            body.append(instruction(returnAccumulator, 0))
            return body
        }
        for range in ranges(of: numbers.filter { !omitted.contains($0) }) {
            // The ranges ascend, so a number below this one is in none.
            body.append(instruction(jumpIfAtLeast, UInt32(range.lowerBound), ifTrue: 1))
            body.append(instruction(returnConstant, allow))
            body.append(instruction(jumpIfGreater, UInt32(range.upperBound), ifTrue: 2))
            body.append(instruction(orConstant, tag(interface)))
            body.append(instruction(returnAccumulator, 0))
        }
        body.append(instruction(returnConstant, allow))
        return body
    }

    /// What a call to be traced returns, without its number.
    private static func tag(_ interface: TracedCall.Interface) -> UInt32 {
        trace | UInt32(interface.rawValue) << 14
    }

    /// The numbers as ranges, ascending.
    static func ranges(of numbers: [Int32]) -> [ClosedRange<Int32>] {
        var ranges: [ClosedRange<Int32>] = []
        for number in Set(numbers).sorted() where number >= 0 && number <= TracedCall.highestNumber
        {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges
    }

    private static func instruction(
        _ code: UInt16,
        _ operand: UInt32,
        ifTrue: UInt8 = 0,
        ifFalse: UInt8 = 0
    ) -> cptrace_instruction {
        cptrace_instruction(
            code: code,
            jump_if_true: ifTrue,
            jump_if_false: ifFalse,
            operand: operand
        )
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A system call that a thread is blocked in, read without stopping the thread.
package struct BlockedCall: Sendable {
    /// The call's number in the thread's own ABI.
    package let number: Int32

    /// The six argument registers at entry, whether the call takes them or not.
    package let arguments: InlineArray<6, UInt64>

    /// The user stack pointer at entry.
    package let stackPointer: Address

    /// The user program counter: the instruction behind the call.
    package let programCounter: Address

    package init(
        number: Int32,
        arguments: InlineArray<6, UInt64>,
        stackPointer: Address,
        programCounter: Address
    ) {
        self.number = number
        self.arguments = arguments
        self.stackPointer = stackPointer
        self.programCounter = programCounter
    }
}

extension BlockedCall: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        for index in left.arguments.indices where left.arguments[index] != right.arguments[index] {
            return false
        }
        return left.number == right.number && left.stackPointer == right.stackPointer
            && left.programCounter == right.programCounter
    }
}

/// What `/proc/PID/task/TID/syscall` says of a thread.
///
/// The three forms are those of `proc_pid_syscall` (Linux, `fs/proc/base.c`; proc(5)):
///
///     running
///     NUMBER 0xARG0 ... 0xARG5 0xSP 0xPC
///     -1 0xSP 0xPC
package enum SystemCallLook: Equatable, Sendable {
    /// The thread runs, or is queued for a CPU: the file does not tell the two apart.
    case running

    /// The thread sleeps inside a system call.
    case blocked(BlockedCall)

    /// The thread sleeps outside any call: in a page fault, or stopped.
    ///
    /// Both addresses are 0 for a thread that has exited and is not yet collected.
    case blockedOutside(stackPointer: Address, programCounter: Address)

    /// The bytes have none of the three forms.
    case unreadable

    /// Reads the bytes of the file; allocates nothing.
    package static func parse(_ bytes: Span<UInt8>) -> SystemCallLook {
        if bytes.hasPrefix("running") {
            return isLineEnd(at: 7, in: bytes) ? .running : .unreadable
        }
        var scanner = ByteScanner()
        guard let wide = scanner.signedDecimal(in: bytes), let number = Int32(exactly: wide) else {
            return .unreadable
        }
        var arguments = InlineArray<6, UInt64>(repeating: 0)
        if number >= 0 {
            for index in arguments.indices {
                guard let word = scanner.prefixedHexadecimal(in: bytes) else { return .unreadable }
                arguments[index] = word
            }
        }
        guard let stackPointer = scanner.prefixedHexadecimal(in: bytes),
            let programCounter = scanner.prefixedHexadecimal(in: bytes),
            isLineEnd(at: scanner.position, in: bytes)
        else { return .unreadable }
        if number < 0 {
            return .blockedOutside(
                stackPointer: Address(stackPointer),
                programCounter: Address(programCounter)
            )
        }
        return .blocked(
            BlockedCall(
                number: number,
                arguments: arguments,
                stackPointer: Address(stackPointer),
                programCounter: Address(programCounter)
            )
        )
    }

    /// A line that ends anywhere else was cut, and its last number may be cut with it.
    private static func isLineEnd(at position: Int, in bytes: Span<UInt8>) -> Bool {
        position == bytes.count - 1 && bytes[position] == .newline
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The kernel's frame for a signal, found without unwind tables.
///
/// glibc describes its trampoline with unwind rules, musl does not. What the kernel put on the
/// stack is the same for both: a `ucontext_t` with all registers (sigaction(2); Linux,
/// arch/x86/include/uapi/asm/sigcontext.h).
package enum SignalTrampoline {
    /// Whether an instruction belongs to the two that call `rt_sigreturn`, as musl and glibc write
    /// them.
    ///
    /// - Parameters:
    ///   - code: Bytes of the program around the instruction; 16 to both sides are enough.
    ///   - offset: Where in them the instruction is.
    package static func contains(_ offset: Int, of code: [UInt8]) -> Bool {
        #if arch(x86_64)
        guard code.indices.contains(offset) else { return false }
        return patterns.contains { pattern in
            // The first instruction of the two, or the system call, which is two bytes long.
            [offset, offset - (pattern.count - 2)].contains { start in
                start >= 0 && code.dropFirst(start).starts(with: pattern)
            }
        }
        #else
        return false
        #endif
    }

    /// Whether the stack looks as the kernel leaves it for a handler, where its trampoline is.
    ///
    /// It has nothing to do with the code, and costs next to nothing: flags of a few bits, no
    /// context behind this one, and the selector of 64-bit user code (Linux,
    /// arch/x86/kernel/signal_64.c).
    package static func isLikely(_ registers: RegisterFile, stack: StackBytes) -> Bool {
        #if arch(x86_64)
        guard let start = registers[RegisterFile.Number.stackPointer],
            let flags = stack.word(at: start), flags < 1 << 8,
            let link = stack.word(at: start &+ 8), link == 0,
            let segments = stack.word(at: start &+ segmentsOffset)
        else { return false }
        return segments & 0xffff == 0x33
        #else
        return false
        #endif
    }

    /// Makes the registers those that the signal interrupted; they stay as they are unless it has
    /// been copied what they were.
    package static func step(_ registers: inout RegisterFile, stack: StackBytes) -> UnwindStep {
        #if arch(x86_64)
        let stackPointer = RegisterFile.Number.stackPointer
        guard let start = registers[stackPointer] else { return .unknownRegister(stackPointer) }
        var interrupted = RegisterFile()
        for (index, number) in contextOrder.enumerated() {
            let address = start &+ contextOffset &+ UInt64(index) &* 8
            guard let word = stack.word(at: address) else { return .notCopied(address: address) }
            if number == RegisterFile.Number.returnAddress {
                interrupted.programCounter = word
            } else {
                interrupted[number] = word
            }
        }
        registers = interrupted
        return .caller(isSignalFrame: true)
        #else
        return .noRule
        #endif
    }

    #if arch(x86_64)
    /// `mov $15, %eax` and `mov $15, %rax`, each with `syscall`.
    private static let patterns: [[UInt8]] = [
        [0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05],
        [0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05],
    ]

    /// Where the registers lie from the stack pointer at the trampoline: behind flags, link and
    /// stack of the context.
    private static let contextOffset: UInt64 = 40

    /// Where the selectors lie, behind the registers and the processor's flags.
    private static let segmentsOffset: UInt64 = 184

    /// The DWARF numbers in the order of the context: r8 to r15, rdi, rsi, rbp, rbx, rdx, rax, rcx,
    /// rsp, rip.
    private static let contextOrder = [8, 9, 10, 11, 12, 13, 14, 15, 5, 4, 6, 3, 1, 0, 2, 7, 16]
    #endif
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Profiles

extension StoppedThread {
    /// Repairs the call that this stop interrupted, if there is one and it can be.
    ///
    /// Applies to a signal-delivery-stop as well: a traced thread is woken even by signals that it
    /// ignores.
    ///
    /// - Returns: what was done; nil if nothing was interrupted.
    borrowing func repair(_ registers: borrowing RegisterSet) -> RepairOutcome? {
        CallRepair.repair(thread, registers)
    }
}

/// The repair itself, of any thread that is stopped by this tracer.
enum CallRepair {
    static func repair(
        _ thread: ThreadID,
        _ registers: borrowing RegisterSet
    ) -> RepairOutcome? {
        switch InterruptedCall(registers) {
        case .intact:
            nil
        case .restartable:
            restart(thread, registers, as: .repaired)
        case .restartableIfSocket(let descriptor):
            ProcProbe.isSocket(descriptor, of: thread)
                ? restart(thread, registers, as: .repaired) : .notListed
        case .restartBlock:
            ProcProbe.isUnderSeccomp(thread)
                ? restart(thread, registers, as: .repairedRestartBlock) : nil
        case .notListed:
            .notListed
        }
    }

    private static func restart(
        _ thread: ThreadID,
        _ registers: borrowing RegisterSet,
        as outcome: RepairOutcome
    ) -> RepairOutcome? {
        #if arch(x86_64)
        // A 32-bit or x32 call has other numbers; the list is of the native ones only.
        guard isNative(thread, registers) else { return .foreignABI }
        do {
            try Ptrace.setReturnValue(of: thread, to: -Int64(InterruptedCall.restartNoHandler))
            return outcome
        } catch {
            // Killed meanwhile: nothing is left to repair.
            return nil
        }
        #else
        // arm64 decides about the restart before the stop (arch/arm64/kernel/signal.c, do_signal).
        return .architecture
        #endif
    }
}

#if arch(x86_64)
extension CallRepair {
    private static func isNative(
        _ thread: ThreadID,
        _ registers: borrowing RegisterSet
    ) -> Bool {
        if let abi = try? Ptrace.abi(of: thread) { return abi == NativeABI.auditArchitecture }
        // Before Linux 5.3: the two bytes that made the call say it.
        var instruction: UInt16 = 0
        let before = Address(registers.instructionPointer.rawValue &- 2)
        let count = withUnsafeMutableBytes(of: &instruction) { bytes in
            (try? Ptrace.copyMemory(of: thread, from: before, into: bytes)) ?? 0
        }
        guard count == 2 else { return false }
        let low = UInt8(truncatingIfNeeded: instruction)
        return registers.isNativeCall(instruction: (low, UInt8(instruction >> 8)))
    }
}
#endif

/// The AUDIT_ARCH_ value of the machine's own ABI (include/uapi/linux/audit.h).
enum NativeABI {
    #if arch(x86_64)
    static let auditArchitecture: UInt32 = 0xC000_003E
    /// That of 32-bit programs on the same kernel.
    static let auditArchitecture32: UInt32 = 0x4000_0003
    #else
    static let auditArchitecture: UInt32 = 0xC000_00B7
    static let auditArchitecture32: UInt32 = 0x4000_0028
    #endif
}

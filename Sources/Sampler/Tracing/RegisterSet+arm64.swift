// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(arm64)
internal import CPtrace
package import Profiles

extension RegisterSet {
    package var instructionPointer: Address { Address(UInt64(raw.pc)) }
    package var stackPointer: Address { Address(UInt64(raw.sp)) }

    /// The number that NT_ARM_SYSTEM_CALL holds; -1 outside of a call (arch/arm64/kernel/ptrace.c).
    var rawSystemCallNumber: Int32 { systemCallRegister }

    /// `x0`, which also holds the first argument until the call returns.
    package var returnValue: Int64 { Int64(bitPattern: UInt64(raw.regs.0)) }

    /// Argument 0 to 5 of the call: x0 to x5 (AAPCS64); x0 may hold the result already.
    package func argument(_ index: Int) -> UInt64 {
        switch index {
        case 0: UInt64(raw.regs.0)
        case 1: UInt64(raw.regs.1)
        case 2: UInt64(raw.regs.2)
        case 3: UInt64(raw.regs.3)
        case 4: UInt64(raw.regs.4)
        default: UInt64(raw.regs.5)
        }
    }
}
#endif

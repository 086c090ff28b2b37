// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
internal import CPtrace
package import Profiles

extension RegisterSet {
    package var instructionPointer: Address { Address(UInt64(raw.rip)) }
    package var stackPointer: Address { Address(UInt64(raw.rsp)) }

    /// `orig_rax`: the call's number, or -1 outside of a call (arch/x86/entry).
    var rawSystemCallNumber: Int32 {
        Int32(truncatingIfNeeded: Int64(bitPattern: UInt64(raw.orig_rax)))
    }

    package var returnValue: Int64 { Int64(bitPattern: UInt64(raw.rax)) }

    /// Whether a thread that is in a call, or on its way out of one, made it by the machine's own
    /// ABI: for kernels that do not say so (before Linux 5.3).
    ///
    /// By the segment of 64-bit code (0x33, and 0xe033 under Xen: arch/x86/include/asm/segment.h,
    /// include/xen/interface/xen-x86_64.h) and the instruction before the next one.
    func isNativeCall(instruction: (UInt8, UInt8)) -> Bool {
        raw.cs & 0xFF == 0x33 && instruction == (0x0F, 0x05)
    }

    /// Argument 0 to 5 of the call: rdi, rsi, rdx, r10, r8, r9 (x86-64 psABI, appendix A.2).
    package func argument(_ index: Int) -> UInt64 {
        switch index {
        case 0: UInt64(raw.rdi)
        case 1: UInt64(raw.rsi)
        case 2: UInt64(raw.rdx)
        case 3: UInt64(raw.r10)
        case 4: UInt64(raw.r8)
        default: UInt64(raw.r9)
        }
    }
}
#endif

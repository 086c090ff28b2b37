// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Profiles

/// The general-purpose registers of a stopped thread (NT_PRSTATUS).
///
/// What an architecture calls its parts is in `RegisterSet+x86_64.swift` and
/// `RegisterSet+arm64.swift`.
package struct RegisterSet: Sendable {
    var raw = cptrace_registers()
    #if arch(arm64)
    /// arm64 keeps the call's number outside of the general registers (NT_ARM_SYSTEM_CALL).
    var systemCallRegister: Int32 = -1
    #endif

    package init() {}

    /// The call that the thread is inside or on its way out of.
    ///
    /// Nil in user code: the kernel sets the number to -1 on every other entry.
    package var systemCall: SystemCallNumber? {
        let number = rawSystemCallNumber
        return number >= 0 ? SystemCallNumber(number) : nil
    }

    /// The error the call is about to return, as a positive errno, if it is one.
    ///
    /// Kernel-internal restart codes (512 to 516, include/linux/errno.h) are seen here too.
    package var pendingError: Int32? {
        (-4095 ... -1).contains(returnValue) ? Int32(-returnValue) : nil
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The number of a system call in the native ABI of the machine.
package struct SystemCallNumber: Hashable, Sendable {
    package let rawValue: Int32

    package init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// The call's name, as its manual page has it; `syscall_NNN` where the number is not known.
    package var name: String {
        SystemCallNames.byNumber[rawValue]?.description ?? "syscall_\(rawValue)"
    }
}

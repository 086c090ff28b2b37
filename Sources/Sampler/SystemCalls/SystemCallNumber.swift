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

    /// The name of the 32-bit call of this number.
    var name32: String {
        SystemCallNames.byNumber32[rawValue]?.description ?? "syscall_\(rawValue)"
    }

    /// exit and exit_group.
    #if arch(x86_64)
    static let neverReturning: [Int32] = [60, 231]
    static let neverReturning32: [Int32] = [1, 252]
    static let execve: Int32 = 59
    static let restart: Int32 = 219
    #else
    static let neverReturning: [Int32] = [93, 94]
    static let neverReturning32: [Int32] = [1, 248]
    static let execve: Int32 = 221
    static let restart: Int32 = 128
    #endif
}

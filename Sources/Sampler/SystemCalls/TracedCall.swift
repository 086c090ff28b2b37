// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A system call as one program makes it: a kernel serves calls of several binary interfaces.
package struct TracedCall: Hashable, Sendable {
    /// Whose numbers a call is made by.
    package enum Interface: UInt8, Hashable, Sendable {
        case native = 0
        /// `int 0x80` and 32-bit programs (i386 on x86-64).
        case bits32 = 1
        /// 32-bit pointers in 64-bit mode, whose numbers have bit 30 set.
        case x32 = 2
        case other = 3
    }

    package let interface: Interface
    package let number: SystemCallNumber

    package init(_ interface: Interface, _ number: SystemCallNumber) {
        self.interface = interface
        self.number = number
    }

    /// Numbers fit into 14 bits, beside two of the interface, in a filter's data.
    static let highestNumber: UInt32 = 0x3fff

    /// What a filter of ours says of the call that it stopped.
    init(filterData: UInt) {
        interface = Interface(rawValue: UInt8(truncatingIfNeeded: filterData >> 14 & 3)) ?? .other
        number = SystemCallNumber(
            Int32(truncatingIfNeeded: filterData & UInt(Self.highestNumber))
        )
    }

    /// What PTRACE_GET_SYSCALL_INFO says of a call.
    init(auditArchitecture: UInt32, number: UInt64) {
        let low = Int32(truncatingIfNeeded: number & 0x3fff_ffff)
        switch auditArchitecture {
        case NativeABI.auditArchitecture where number & 0x4000_0000 != 0:
            interface = .x32
        case NativeABI.auditArchitecture:
            interface = .native
        case NativeABI.auditArchitecture32:
            interface = .bits32
        default:
            interface = .other
        }
        self.number = SystemCallNumber(low)
    }

    /// Whether it is the remainder of another call: restart_syscall(2).
    var isRestart: Bool { interface == .native && number.rawValue == SystemCallNumber.restart }

    /// The call's name; one of another interface than the native one says so.
    package var name: String {
        switch interface {
        case .native: number.name
        case .bits32: "\(number.name32) (32-bit)"
        case .x32: "\(number.name) (x32)"
        case .other: "syscall_\(number.rawValue) (other)"
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What lies behind a mapping, by the last column of its line in `/proc/PID/maps` (proc(5)).
package enum MappingBacking: Hashable, Sendable {
    /// A file. The path is as the target sees it, in its own mount namespace.
    ///
    /// `isDeleted` says that the kernel wrote ` (deleted)` behind it: the name is gone or another
    /// file's by now. A living file whose own name ends so looks the same; device and inode
    /// tell them apart.
    case file(path: [UInt8], isDeleted: Bool)

    /// The kernel's shared object in every process (vdso(7)).
    case vdso

    /// The old fixed page of x86-64 calls.
    case vsyscall

    /// Memory without a file: a just-in-time compiler's code, for one.
    case anonymous
}

/// The device of a mapped file, as the `dev` column gives it (proc(5)).
package struct DeviceNumber: Hashable, Sendable {
    package let major: UInt32
    package let minor: UInt32

    package init(major: UInt32, minor: UInt32) {
        self.major = major
        self.minor = minor
    }
}

/// The access that a mapping grants: the four letters of its line (proc(5)).
package struct MappingPermissions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let read = MappingPermissions(rawValue: 1)
    package static let write = MappingPermissions(rawValue: 2)
    package static let execute = MappingPermissions(rawValue: 4)
    /// Writes reach the file and other processes.
    package static let shared = MappingPermissions(rawValue: 8)
}

/// A range of a process's memory that holds code.
package struct ExecutableMapping: Hashable, Sendable {
    /// The first address.
    package let start: Address

    /// The address behind the last one; above `start`.
    package let end: Address

    package let permissions: MappingPermissions

    /// Where in the file the mapping starts, in bytes; 0 without a file.
    package let fileOffset: UInt64

    package let device: DeviceNumber

    /// The file's inode number; 0 without a file.
    package let inode: UInt64

    package let backing: MappingBacking

    package init(
        start: Address,
        end: Address,
        permissions: MappingPermissions,
        fileOffset: UInt64,
        device: DeviceNumber,
        inode: UInt64,
        backing: MappingBacking
    ) {
        self.start = start
        self.end = end
        self.permissions = permissions
        self.fileOffset = fileOffset
        self.device = device
        self.inode = inode
        self.backing = backing
    }

    /// Whether `address` lies in the mapping.
    package func contains(_ address: Address) -> Bool { start <= address && address < end }
}

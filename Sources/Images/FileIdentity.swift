// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Which file, and which contents of it: equal identities mean equal bytes.
///
/// Both times are kept because the owner of a file can set its modification time back
/// (utimensat(2)), but not the time of its last status change.
package struct FileIdentity: Hashable, Sendable {
    /// `st_dev`.
    package let device: UInt64
    /// `st_ino`.
    package let inode: UInt64
    /// `st_size`, in bytes.
    package let byteCount: UInt64
    /// `st_mtim` in nanoseconds since 1970, modulo 2^64: only ever compared for equality.
    package let modifiedNanoseconds: UInt64
    /// `st_ctim` in nanoseconds since 1970, modulo 2^64: only ever compared for equality.
    package let changedNanoseconds: UInt64

    package init(
        device: UInt64,
        inode: UInt64,
        byteCount: UInt64,
        modifiedNanoseconds: UInt64,
        changedNanoseconds: UInt64
    ) {
        self.device = device
        self.inode = inode
        self.byteCount = byteCount
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
    }
}

/// The file that a line of `/proc/PID/maps` says is mapped (proc_pid_maps(5)).
package struct ExpectedFile: Hashable, Sendable {
    /// The device, or nil where it cannot be compared.
    ///
    /// btrfs gives each subvolume a device number of its own in stat(2) but not in maps, and an
    /// overlay mount may show the device of the layer below in maps: compare the inode alone there.
    package let device: UInt64?
    /// The inode.
    package let inode: UInt64

    package init(device: UInt64?, inode: UInt64) {
        self.device = device
        self.inode = inode
    }

    /// Whether an opened file is the one that is mapped, as far as can be told.
    package func matches(_ identity: FileIdentity) -> Bool {
        inode == identity.inode && (device == nil || device == identity.device)
    }
}

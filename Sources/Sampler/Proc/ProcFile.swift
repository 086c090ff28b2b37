// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import SystemPackage

/// An open file of a proc file system; it is closed when the value ends.
package struct ProcFile: ~Copyable {
    /// Valid while the value lives.
    package let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Opens a file to read.
    ///
    /// `ENOENT` and `ESRCH` say that the process or thread is gone or that the kernel has no
    /// such file, `EACCES` and `EPERM` that the agent may not.
    package static func open(_ path: ProcPath, in root: ProcRoot) throws(Errno) -> ProcFile {
        ProcFile(descriptor: try descriptor(of: path, in: root))
    }

    /// Opens a file for an owner that keeps and closes the bare descriptor.
    static func descriptor(of path: ProcPath, in root: ProcRoot) throws(Errno) -> Int32 {
        let result = root.withPath(path) { name in
            // Not blocking: under another root a pipe may lie in the file's place.
            let descriptor = Glibc.open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
            return descriptor >= 0 ? descriptor : -errno
        }
        guard result >= 0 else { throw Errno(rawValue: -result) }
        return result
    }

    /// The numbers of the user and group that own the file.
    ///
    /// For files of a process: its effective ids, or 0:0 (in a user namespace: that namespace's
    /// root) when the process is not dumpable (proc(5), "/proc/pid").
    package func owner() throws(Errno) -> (user: UInt32, group: UInt32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Errno(rawValue: errno) }
        return (status.st_uid, status.st_gid)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Glibc

/// Which file is at a path and when it was last changed; another stamp means another content.
package struct FileStamp: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: [Int]
    private let changed: [Int]

    /// The stamp of what stat(2) or fstat(2) found.
    package init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        // A file can be given an old time of change, as by `cp -p`, but not an old one of this.
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// The stamp of the file at a path; nil if there is none.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// A file that was read, and as what it was found.
package struct WatchedFile: Sendable, Equatable {
    package let path: String

    /// Nil if it could not be found.
    package let stamp: FileStamp?

    package init(path: String, stamp: FileStamp?) {
        self.path = path
        self.stamp = stamp
    }

    /// Whether it is still what it was.
    var isUnchanged: Bool { FileStamp(path: path) == stamp }
}

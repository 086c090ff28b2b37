// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the perf map of a process, and what was added to it since.
///
/// Anybody can put a file into `/tmp`. It counts only if it belongs to the user of the process.
package struct PerfMapReader: Sendable {
    /// The longest map that is read, in bytes.
    package static let byteLimit: UInt64 = 32 << 20
    /// How much is read at a time.
    private static let chunkBytes: UInt64 = 2 << 20

    /// The functions as far as they have been read.
    package private(set) var map = PerfMap()

    private var device: UInt64 = 0
    private var inode: UInt64?
    private var done: UInt64 = 0

    /// Nothing has been read yet.
    package init() {}

    /// Reads what is new: all of another file, or of one that became shorter, and otherwise what
    /// was added.
    ///
    /// - Parameters:
    ///   - root: The root directory of the process, in the agent's own view: `/proc/PID/root`.
    ///   - number: The number of the process in its own PID namespace (the last of `NSpid`).
    ///   - user: The user of the process.
    /// - Throws: Why there is no map, or it could not be read; what was read before remains.
    @available(*, noasync, message: "opens and reads a file, which can block")
    package mutating func update(
        root: String,
        number: Int32,
        user: UInt32
    ) throws(ImageFailure) {
        var limits = ImageLimits.standard
        limits.fileBytes = Self.byteLimit
        let file = try ImageFile.open("/tmp/perf-\(number).map", below: root, limits: limits)
        guard file.owner == user else { throw .foreignOwner }
        if file.identity.inode != inode || file.identity.device != device || file.byteCount < done {
            self = PerfMapReader()
            inode = file.identity.inode
            device = file.identity.device
        }
        while done < file.byteCount {
            let count = min(file.byteCount - done, Self.chunkBytes)
            map.append(try file.read(at: done, count: Int(count)))
            done += count
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SystemPackage

/// Links of a proc file system.
enum ProcLink {
    /// The kernel gives at most a page (`do_proc_readlink`, Linux, `fs/proc/base.c`).
    private static let maximumBytes = 4_096
    /// What it puts behind the name of a file that was removed (proc(5), `/proc/pid/exe`).
    private static let deletedMark = " (deleted)"

    /// Where a link leads, without the mark of a removed file.
    static func target(of path: ProcPath, in root: ProcRoot) -> ProcReading<String> {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: maximumBytes) { buffer in
            guard let start = buffer.baseAddress else { return .unreadable }
            let (count, error) = root.withPath(path) { name in
                (readlink(name, start, buffer.count), errno)
            }
            guard count >= 0 else { return ProcReading(Errno(rawValue: error)) }
            let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasSuffix(deletedMark) else { return .value(text) }
            return .value(String(text.dropLast(deletedMark.count)))
        }
    }
}

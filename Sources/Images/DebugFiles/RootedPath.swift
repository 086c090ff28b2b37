// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Finds a path as a process does whose root directory is another one (path_resolution(7)).
///
/// A symbolic link of a container names files of the container: followed as it stands, an absolute
/// link or enough `..` would lead to the host's files of the same names. The kernel can do this
/// itself from Linux 5.6 (openat2(2), `RESOLVE_IN_ROOT`); older ones must be served, too.
enum RootedPath {
    /// The most links that are followed, as in the kernel (`MAXSYMLINKS`).
    static let linkLimit = 40
    /// How many directories may lie within each other; a descriptor is open for each.
    static let depthLimit = 48
    /// The most parts that a path and the links in it may have still to go.
    static let partLimit = 256

    /// Finds what a path names, and opens it with `O_PATH`, which has no effect on it.
    ///
    /// - Parameters:
    ///   - path: The path as the process with that root would write it.
    ///   - root: The directory that is its root, in the agent's own view; `/proc/PID/root` is
    ///     itself a link, and is followed.
    /// - Returns: A descriptor that the caller must close.
    static func open(_ path: String, below root: String) throws(ImageFailure) -> Int32 {
        var directories = [try descriptor(Glibc.open(root, openPathOnly | O_CLOEXEC | O_DIRECTORY))]
        defer { for directory in directories { _ = close(directory) } }
        var rest = parts(of: path)
        var links = 0
        while let part = rest.popLast() {
            if part == ".." {
                // The root is above itself.
                if directories.count > 1, let last = directories.popLast() { _ = close(last) }
                continue
            }
            guard let directory = directories.last, directories.count < depthLimit
            else { throw .notRegular }
            let next = try descriptor(
                openat(directory, part, openPathOnly | O_NOFOLLOW | O_CLOEXEC)
            )
            guard let target = try linkTarget(of: next) else {
                directories.append(next)
                continue
            }
            _ = close(next)
            links += 1
            rest += parts(of: target)
            guard links <= linkLimit, rest.count <= partLimit else { throw .notRegular }
            if target.hasPrefix("/") {
                for directory in directories.dropFirst() { _ = close(directory) }
                directories.removeSubrange(1...)
            }
        }
        guard let found = directories.popLast() else { throw .absent }
        return found
    }

    /// The names in a path, the last one first.
    private static func parts(of path: String) -> [String] {
        path.split(separator: "/").lazy.filter { $0 != "." }.reversed().map(String.init)
    }

    /// Where a symbolic link leads, or nil for anything else.
    private static func linkTarget(of descriptor: Int32) throws(ImageFailure) -> String? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let code = errno
            _ = close(descriptor)
            throw .system(code)
        }
        guard status.st_mode & S_IFMT == S_IFLNK else { return nil }
        var text = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlinkat(descriptor, "", &text, text.count)
        guard count > 0, count < text.count else {
            _ = close(descriptor)
            throw .absent
        }
        return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func descriptor(_ opened: Int32) throws(ImageFailure) -> Int32 {
        guard opened < 0 else { return opened }
        throw ImageFailure(openError: errno)
    }
}

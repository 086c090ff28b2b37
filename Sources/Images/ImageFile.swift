// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A regular file open for bounded reading; the descriptor is closed when the value ends.
///
/// It is read with pread(2), never mapped: the owner of a mapped file could cut it short, and the
/// next access would kill the agent with SIGBUS. A read of a cut file merely returns fewer bytes.
///
/// A file on a network or FUSE mount can make any of these calls wait for its server: none of
/// them may be made on the thread that holds stops.
package struct ImageFile: ~Copyable {
    /// What to do where the last part of the path is a symbolic link.
    package enum SymbolicLinks: Sendable {
        /// Open what the link names; needed for `/proc/PID/map_files/` and `/proc/PID/exe`.
        case follow
        /// Report `notRegular`; the paths in maps are free of links.
        case refuse
    }

    /// Which file it is, as it was when opened.
    package let identity: FileIdentity
    /// The user who owns the file, and so decides what is in it (`st_uid`).
    package let owner: UInt32

    private let descriptor: Int32

    /// The length in bytes when the file was opened.
    package var byteCount: UInt64 { identity.byteCount }

    private init(descriptor: Int32, status: FileStatus) {
        self.descriptor = descriptor
        identity = status.identity
        owner = status.owner
    }

    deinit { _ = close(descriptor) }

    /// Opens a file for reading if it is a regular one.
    ///
    /// The path is first opened with `O_PATH`, which has no effect on what it names: opening the
    /// read end of a FIFO would set a writer free that waits for a reader, and opening a device
    /// can start it. Only a regular file is then opened in earnest, through `/proc/self/fd`.
    ///
    /// - Parameters:
    ///   - path: The file, in the agent's own view of the file system.
    ///   - symbolicLinks: What to do where the last part of the path is a link.
    ///   - expected: The file that is mapped; any other one is `ImageFailure.replaced`.
    ///   - limits: The longest file that is opened.
    package static func open(
        _ path: String,
        symbolicLinks: SymbolicLinks = .refuse,
        expecting expected: ExpectedFile?,
        limits: ImageLimits = .standard
    ) throws(ImageFailure) -> ImageFile {
        var flags = openPathOnly | O_CLOEXEC
        if symbolicLinks == .refuse { flags |= O_NOFOLLOW }
        let place = try openDescriptor(path, flags)
        defer { _ = close(place) }
        return try open(place: place, expecting: expected, limits: limits)
    }

    /// Opens a file below another root directory, whose symbolic links stay below it.
    ///
    /// - Parameters:
    ///   - path: The file, as a process with that root would write it.
    ///   - root: The root directory, in the agent's own view of the file system.
    ///   - limits: The longest file that is opened.
    package static func open(
        _ path: String,
        below root: String,
        limits: ImageLimits = .standard
    ) throws(ImageFailure) -> ImageFile {
        let place = try RootedPath.open(path, below: root)
        defer { _ = close(place) }
        return try open(place: place, expecting: nil, limits: limits)
    }

    /// Opens in earnest what was opened with `O_PATH`.
    private static func open(
        place: Int32,
        expecting expected: ExpectedFile?,
        limits: ImageLimits
    ) throws(ImageFailure) -> ImageFile {
        let status = try FileStatus(of: place)
        guard status.isRegular else { throw .notRegular }
        if let expected, !expected.matches(status.identity) { throw .replaced }
        guard status.identity.byteCount <= limits.fileBytes else { throw .tooLarge }
        let descriptor = try openDescriptor(
            "/proc/self/fd/\(place)",
            O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        )
        return ImageFile(descriptor: descriptor, status: status)
    }

    /// Reads exactly `count` bytes that begin at `offset`.
    ///
    /// - Throws: `truncated` where the file never had these bytes, `changed` where it lost them.
    package func read(at offset: UInt64, count: Int) throws(ImageFailure) -> [UInt8] {
        guard count >= 0, offset <= byteCount, UInt64(count) <= byteCount - offset,
            let start = off_t(exactly: offset)
        else { throw .truncated }
        var failure: ImageFailure?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[filled..<count])
                let read = unsafe pread(
                    descriptor,
                    rest.baseAddress,
                    count - filled,
                    start + off_t(filled)
                )
                if read > 0 {
                    filled += read
                } else if read == 0 {
                    failure = .changed
                    return
                } else if errno != EINTR {
                    failure = .system(errno)
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Hands the descriptor to a library that reads the file by itself.
    borrowing func withDescriptor<Result>(_ body: (Int32) -> Result) -> Result {
        body(descriptor)
    }

    /// Whether the file still is what it was when it was opened.
    package func isUnchanged() -> Bool {
        guard let status = try? FileStatus(of: descriptor) else { return false }
        return status.identity == identity
    }

    private static func openDescriptor(_ path: String, _ flags: Int32) throws(ImageFailure) -> Int32
    {
        while true {
            let descriptor = unsafe Glibc.open(path, flags)
            if descriptor >= 0 { return descriptor }
            guard errno == EINTR else { throw ImageFailure(openError: errno) }
        }
    }
}

extension ImageFailure {
    /// What an error of open(2) or openat(2) means.
    init(openError code: Int32) {
        self =
            switch code {
            case ENOENT, ENOTDIR, ESRCH: .absent
            case EACCES, EPERM: .notPermitted
            case ELOOP: .notRegular
            default: .system(code)
            }
    }
}

/// `O_PATH` of open(2), which is not imported: the same in asm-generic/fcntl.h for both machines.
let openPathOnly: Int32 = 0o10_000_000

/// What fstat(2) tells about an open file.
private struct FileStatus {
    let identity: FileIdentity
    let owner: UInt32
    let isRegular: Bool

    init(of descriptor: Int32) throws(ImageFailure) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
        isRegular = status.st_mode & S_IFMT == S_IFREG
        owner = status.st_uid
        identity = FileIdentity(
            device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino),
            byteCount: UInt64(max(0, status.st_size)),
            modifiedNanoseconds: Self.nanoseconds(status.st_mtim),
            changedNanoseconds: Self.nanoseconds(status.st_ctim)
        )
    }

    /// Wraps where it must: the owner of a file may give it any time.
    private static func nanoseconds(_ time: timespec) -> UInt64 {
        UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000
            &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }
}

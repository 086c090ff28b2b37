// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Profiles

/// The two questions about a stopped thread that registers can't answer, asked only in rare cases.
///
/// They cost some microseconds each while the thread is held, and allocate nothing.
enum ProcProbe {
    /// Whether a descriptor of the thread is a socket.
    static func isSocket(_ descriptor: Int32, of thread: ThreadID) -> Bool {
        linkBegins(with: "socket:", descriptor, of: thread)
    }

    /// Whether a descriptor of the thread is a pipe or a socket, where short reads are normal.
    static func isStream(_ descriptor: Int32, of thread: ThreadID) -> Bool {
        linkBegins(with: "socket:", descriptor, of: thread)
            || linkBegins(with: "pipe:", descriptor, of: thread)
    }

    /// Whether a seccomp filter or strict mode is in force (proc(5), `Seccomp` in `status`).
    static func isUnderSeccomp(_ thread: ThreadID) -> Bool {
        var path = FixedPath()
        path.append("/proc/")
        path.append(thread.rawValue)
        path.append("/status")
        let file = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        // Without an answer, assume a filter: a restart from the beginning harms nobody.
        guard file >= 0 else { return true }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return true }
            return !contains(
                "\nSeccomp:\t0\n",
                in: UnsafeRawBufferPointer(rebasing: buffer[..<count])
            )
        }
    }

    private static func linkBegins(
        with prefix: StaticString,
        _ descriptor: Int32,
        of thread: ThreadID
    ) -> Bool {
        guard descriptor >= 0 else { return false }
        var path = FixedPath()
        path.append("/proc/")
        path.append(thread.rawValue)
        path.append("/fd/")
        path.append(descriptor)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16) { buffer in
            guard let start = buffer.baseAddress else { return false }
            let count = path.withCString { readlink($0, start, buffer.count) }
            return count >= prefix.utf8CodeUnitCount
                && memcmp(start, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
        }
    }

    /// The file is a few hundred bytes; a plain search does.
    private static func contains(_ text: StaticString, in bytes: UnsafeRawBufferPointer) -> Bool {
        let length = text.utf8CodeUnitCount
        guard let start = bytes.baseAddress, bytes.count >= length else { return false }
        return (0...(bytes.count - length)).contains {
            memcmp(start + $0, text.utf8Start, length) == 0
        }
    }
}

/// A path of at most 63 bytes, built on the stack.
struct FixedPath: ~Copyable {
    private var bytes = InlineArray<64, UInt8>(repeating: 0)
    private var count = 0

    mutating func append(_ text: StaticString) {
        for index in 0..<text.utf8CodeUnitCount { append(byte: text.utf8Start[index]) }
    }

    /// Appends a non-negative number in decimal.
    mutating func append(_ number: Int32) {
        var divisor: Int32 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(byte: UInt8(truncatingIfNeeded: number / divisor % 10) &+ 0x30)
            divisor /= 10
        }
    }

    private mutating func append(byte: UInt8) {
        // The last byte stays zero and ends the string.
        guard count < 63 else { return }
        bytes[count] = byte
        count += 1
    }

    borrowing func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let copy = bytes
        return withUnsafeBytes(of: copy) { raw in
            body(raw.assumingMemoryBound(to: CChar.self).baseAddress.unsafelyUnwrapped)
        }
    }
}

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

    /// Whether a number is the thread's own in its innermost PID namespace (proc(5), `NSpid`).
    static func isOwnNumber(_ number: Int32, of thread: ThreadID) -> Bool {
        if number == thread.rawValue { return true }
        return withStatus(of: thread) { bytes in
            guard let line = position(of: "\nNSpid:", in: bytes) else { return false }
            var value: Int32 = 0
            for byte in bytes[(line + 7)...] {
                switch byte {
                case 0x30...0x39: value = value &* 10 &+ Int32(byte - 0x30)
                case 0x0A: return value == number
                default: value = 0
                }
            }
            return false
        } ?? false
    }

    /// Whether a seccomp filter or strict mode is in force (proc(5), `Seccomp` in `status`).
    static func isUnderSeccomp(_ thread: ThreadID) -> Bool {
        // Without an answer, assume a filter: a restart from the beginning harms nobody.
        withStatus(of: thread) { position(of: "\nSeccomp:\t0\n", in: $0) == nil } ?? true
    }

    /// The first 4 KiB of a thread's `status`, where these lines are; nil if it can't be read.
    private static func withStatus(
        of thread: ThreadID,
        _ body: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool? {
        var path = FixedPath()
        path.append("/proc/")
        path.append(thread.rawValue)
        path.append("/status")
        let file = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            return body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
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

    /// Where a text begins; the file is a few hundred bytes, so a plain search does.
    private static func position(
        of text: StaticString,
        in bytes: UnsafeRawBufferPointer
    ) -> Int? {
        let length = text.utf8CodeUnitCount
        guard let start = bytes.baseAddress, bytes.count >= length else { return nil }
        return (0...(bytes.count - length)).first {
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

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import SystemPackage

/// Bytes that are read into again and again.
///
/// Its memory grows to the largest file read and is then used as it is.
package struct ReadBuffer: ~Copyable {
    private var storage: [UInt8]

    /// How many bytes the last read brought.
    package private(set) var count = 0

    /// A buffer of some bytes, at least one; a page holds every file of the hot path.
    package init(capacity: Int = 4096) {
        storage = [UInt8](repeating: 0, count: max(capacity, 1))
    }

    /// The bytes that fit without growing.
    package var capacity: Int { storage.count }

    /// Reads from the file's start with one call, and never allocates.
    ///
    /// For files that the kernel gives whole in one read: `syscall`, `schedstat`, `stat`.
    /// On an error the buffer is empty.
    package mutating func readOnce(from descriptor: Int32) throws(Errno) {
        count = 0
        count = try read(descriptor, at: 0, upTo: storage.count)
    }

    /// Reads all of a file, up to `limit` bytes; false if the file has more.
    ///
    /// On an error the buffer is empty.
    package mutating func readWhole(
        from descriptor: Int32,
        limit: Int
    ) throws(Errno) -> Bool {
        count = 0
        var total = 0
        while true {
            if total == storage.count {
                // One byte more than the limit is room to see that there is more.
                let target = min(storage.count * 2, limit + 1)
                storage.append(contentsOf: repeatElement(0, count: max(target - total, 1)))
            }
            let part = try read(descriptor, at: total, upTo: min(storage.count, limit + 1))
            if part == 0 { break }
            total += part
            if total > limit { break }
        }
        count = min(total, limit)
        return total <= limit
    }

    /// Calls `body` with the bytes of the last read.
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.span.extracting(0..<count))
    }

    /// Gives back memory beyond `capacity` bytes, and forgets the bytes that were read.
    package mutating func shrink(to capacity: Int) {
        guard storage.count > max(capacity, 1) else { return }
        count = 0
        storage = [UInt8](repeating: 0, count: max(capacity, 1))
    }

    private mutating func read(
        _ descriptor: Int32,
        at offset: Int,
        upTo end: Int
    ) throws(Errno) -> Int {
        let got = storage.withUnsafeMutableBytes { bytes in
            let part = UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<max(end, offset)])
            return pread(descriptor, part.baseAddress, part.count, off_t(offset))
        }
        guard got >= 0 else { throw Errno(rawValue: errno) }
        return got
    }
}

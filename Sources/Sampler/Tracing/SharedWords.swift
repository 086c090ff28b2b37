// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// One page of 64-bit words shared with another process of this program.
///
/// Unchecked: the pointer is set once and every access to it is atomic.
final class SharedWords: @unchecked Sendable {
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// The size of the file that is mapped.
    static let byteCount = 4_096

    /// Maps the first page of a file; nil if it can't be.
    init?(descriptor: Int32) {
        guard
            let address = mmap(
                nil,
                Self.byteCount,
                PROT_READ | PROT_WRITE,
                MAP_SHARED,
                descriptor,
                0
            ),
            address != MAP_FAILED
        else { return nil }
        words = address.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    deinit { munmap(words, Self.byteCount) }

    /// - Parameter slot: below 512, the words of a page.
    func store(_ value: UInt64, _ slot: Int) {
        words[slot].store(value, ordering: .sequentiallyConsistent)
    }

    func load(_ slot: Int) -> UInt64 { words[slot].load(ordering: .sequentiallyConsistent) }

    func add(_ value: UInt64, _ slot: Int) {
        words[slot].wrappingAdd(value, ordering: .sequentiallyConsistent)
    }
}

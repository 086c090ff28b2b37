// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What was taken of a thread for its stack to be unwound while the thread runs on.
package struct StackCopy: Sendable {
    /// The registers that are known.
    package enum Registers: Sendable {
        /// All, of a thread that was stopped.
        case all(RegisterSet)
        /// Those that the kernel shows of a thread that waits.
        case pointers(stack: Address, program: Address)
    }

    package let registers: Registers
    /// The address of the first byte: some bytes below the stack pointer.
    package let base: Address
    package let bytes: [UInt8]

    /// The range within which copies follow the depth of a thread's stacks, and where they begin.
    package static let leastBytes = 8 << 10
    package static let usualBytes = 32 << 10
    package static let mostBytes = 256 << 10

    package init(registers: Registers, base: Address, bytes: [UInt8]) {
        self.registers = registers
        self.base = base
        self.bytes = bytes
    }

    /// A number of bytes within that range.
    package static func clamped(_ count: Int) -> Int { min(max(count, leastBytes), mostBytes) }

    /// Whether only the stack pointer and the program counter are known.
    package var isPartial: Bool {
        if case .pointers = registers { return true }
        return false
    }

    /// What this stack of a thread says of the next copies.
    ///
    /// Half as much again as it took, or four times as much where the copy was too short.
    ///
    /// - Parameter outermost: the stack pointer of the last frame that was found.
    package func need(outermost: UInt64, end: StackEnd) -> StackNeed {
        if case .truncated(.copyEnd) = end {
            return StackNeed(bytes: bytes.count &* 4, copiedBytes: bytes.count)
        }
        let depth = min(
            Int(clamping: outermost > base.rawValue ? outermost - base.rawValue : 0),
            Self.mostBytes
        )
        return StackNeed(bytes: depth + depth / 2 + 4 << 10, copiedBytes: bytes.count)
    }
}

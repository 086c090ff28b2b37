// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

#if arch(x86_64)
/// Stacks of waiting threads made by hand, of code that keeps frame pointers.
@Suite struct UnwinderPointersTests {
    private static let base: UInt64 = 0x7000_0000
    private let map = anonymousMap([0x1000..<0x2000])
    /// Every address follows an indirect call.
    private let calls = CallReader { _, count in
        [UInt8](repeating: 0x90, count: count - 2) + [0xFF, 0xD0]
    }

    private func unwind(_ words: [UInt64: UInt64]) -> (end: StackEnd, addresses: [UInt64]) {
        let bytes = stackBytes(words, count: 512)
        let registers = RegisterFile(
            .pointers(stack: Address(Self.base), program: Address(0x1100))
        )
        var unwinder = Unwinder()
        let end = bytes.withUnsafeBytes { buffer in
            unwinder.unwind(
                pointers: registers,
                StackBytes(base: Address(Self.base), bytes: buffer),
                in: map,
                calls: calls
            )
        }
        return (end, unwinder.frames.map(\.address))
    }

    @Test func findsTheFramePointerAgain() {
        let found = unwind([32: Self.base + 64, 40: 0x1200, 64: 0, 72: 0x1300])
        #expect(found.end == .complete)
        #expect(found.addresses == [0x1100, 0x11ff, 0x12ff])
    }

    @Test func passesOverAPairThatLeadsNowhere() {
        // The first pair is what an earlier call left there: its caller's frame is no more.
        let found = unwind([
            16: Self.base + 24, 24: 0x1400, 32: 0x77, 48: Self.base + 96, 56: 0x1200, 96: 0,
            104: 0x1300,
        ])
        #expect(found.end == .complete)
        #expect(found.addresses == [0x1100, 0x11ff, 0x12ff])
    }

    @Test func saysWhenItIsNotFound() {
        let found = unwind([:])
        #expect(found.end == .broken(.partialRegisters))
        #expect(found.addresses == [0x1100])
    }
}
#endif

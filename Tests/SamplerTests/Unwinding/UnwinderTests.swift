// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

/// Stacks made by hand, of code without rules, which keeps frame pointers.
///
/// What rules lead to is tested with the tables, and on real programs by `RecorderTests`.
@Suite struct UnwinderTests {
    private static let base: UInt64 = 0x7000_0000
    private let map = anonymousMap([0x1000..<0x2000])

    /// A copy of a stack, with words at offsets from its base.
    private func unwind(
        words: [UInt64: UInt64],
        byteCount: Int = 512,
        pc: UInt64 = 0x1100,
        sp: UInt64 = base,
        bp: UInt64
    ) -> (end: StackEnd, addresses: [UInt64], hasLeftMap: Bool) {
        let bytes = stackBytes(words, count: byteCount)
        var registers = RegisterFile()
        registers.programCounter = pc
        registers[RegisterFile.Number.stackPointer] = sp
        registers[RegisterFile.Number.framePointer] = bp
        var unwinder = Unwinder()
        let end = bytes.withUnsafeBytes { buffer in
            unwinder.unwind(
                registers,
                StackBytes(base: Address(Self.base), bytes: buffer),
                in: map
            )
        }
        return (end, unwinder.frames.map(\.address), unwinder.hasLeftMap)
    }

    @Test func followsFramePointersToTheOutermostFrame() {
        let found = unwind(
            words: [16: Self.base + 64, 24: 0x1200, 64: 0, 72: 0x1300],
            bp: Self.base + 16
        )
        #expect(found.end == .complete)
        // Callers are looked up one byte before the return address.
        #expect(found.addresses == [0x1100, 0x11ff, 0x12ff])
    }

    @Test func endsAtAReturnAddressOfNull() {
        let found = unwind(words: [16: Self.base + 64, 24: 0], bp: Self.base + 16)
        #expect(found.end == .complete)
        #expect(found.addresses == [0x1100])
    }

    @Test func breaksOffWhereAFramePointerDoesNotHold() {
        // Below the stack pointer, unaligned, too far off, and to what is no code.
        for bp in [Self.base - 64, Self.base + 17, Self.base + 1 << 20] {
            let found = unwind(words: [:], sp: Self.base, bp: bp)
            #expect(found.end == .broken(.noRule))
            #expect(!found.hasLeftMap)
        }
        let noCode = unwind(words: [16: Self.base + 64, 24: 0x9999], bp: Self.base + 16)
        #expect(noCode.end == .broken(.noRule))
        // It may be code that was mapped after the map was read.
        #expect(noCode.hasLeftMap)
    }

    @Test func saysWhenItStartsNowhere() {
        let found = unwind(words: [:], pc: 0x9000, bp: 0)
        #expect(found.end == .broken(.unmapped))
        #expect(found.hasLeftMap)
        #expect(found.addresses == [0x9000])
    }

    @Test func saysWhenTheCopyEnds() {
        let found = unwind(words: [:], bp: Self.base + 508 + 4)
        #expect(found.end == .truncated(.copyEnd))
    }

    @Test func saysWhenTheStackIsAnother() {
        let elsewhere: UInt64 = 0x6000_0000
        let found = unwind(words: [:], sp: elsewhere, bp: elsewhere + 64)
        #expect(found.end == .truncated(.otherStack))
    }

    @Test func refusesToGoRoundInACircle() {
        let found = unwind(
            words: [16: Self.base + 16, 24: 0x1200],
            bp: Self.base + 16
        )
        #expect(found.end == .broken(.noRule))
        #expect(found.addresses == [0x1100, 0x11ff])
    }

    @Test func keepsWithinItsLimitOfFrames() {
        let frames = Unwinder.frameLimit + 10
        var words: [UInt64: UInt64] = [:]
        for frame in 0..<UInt64(frames) {
            words[frame * 16] = Self.base + (frame + 1) * 16
            words[frame * 16 + 8] = 0x1200
        }
        let found = unwind(words: words, byteCount: (frames + 2) * 16, bp: Self.base)
        #expect(found.end == .truncated(.frameLimit))
        #expect(found.addresses.count == Unwinder.frameLimit)
    }
}

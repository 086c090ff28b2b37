// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

/// Stacks made by hand, of files that have rules for a part of their code.
@Suite struct UnwinderRulesTests {
    private static let base: UInt64 = 0x7000_0000
    private static let targets = TargetPrograms.path("languages/")

    /// A section that describes 0x1000..<0x1100: the return address is at the stack pointer.
    private static var section: FrameSection {
        let common: [UInt8] =
            [1, 0, 1, 0x78, 16] + [0x0c, 7, 8, 0x90, 1] + [0, 0, 0, 0, 0, 0]
        let function: [UInt8] =
            [0, 0x10, 0, 0, 0, 0, 0, 0] + [0, 1, 0, 0, 0, 0, 0, 0]
        // An entry's length counts what follows it; the second refers back to the first.
        let first: [UInt8] = [UInt8(common.count + 4), 0, 0, 0] + [0, 0, 0, 0] + common
        let back = UInt8(first.count + 4)
        let second: [UInt8] = [UInt8(function.count + 4), 0, 0, 0] + [back, 0, 0, 0] + function
        return FrameSection(
            kind: .ehFrame,
            address: ImageAddress(0x9000),
            bytes: first + second + [0, 0, 0, 0]
        )
    }

    /// A file at 0x1000..<0x4000 with rules for its first 0x100 bytes, and memory at 0x8000.
    private let map: CodeMap = {
        let table = UnwindTable(UnwindSections(ehFrame: section))
        let file = MappedCode(process: ProcessID(getpid()), mapping: fileCode(0x1000..<0x4000)) {
            _ in
            MappedCode.Contents(table: table, image: nil, bias: 0, failure: nil)
        }
        let memory = MappedCode(
            process: ProcessID(getpid()),
            mapping: anonymousCode(0x8000..<0x9000)
        ) { _ in
            .none
        }
        return CodeMap(regions: [file, memory], readAt: MonotonicInstant(nanoseconds: 0))
    }()

    /// Unwinds a stack with words at offsets from its base.
    private func unwind(
        _ words: [UInt64: UInt64],
        pc: UInt64,
        bp: UInt64,
        in map: CodeMap? = nil
    ) -> (end: StackEnd, addresses: [UInt64]) {
        var stack = [UInt64](repeating: 0, count: 64)
        for (offset, word) in words { stack[Int(offset / 8)] = word }
        var registers = RegisterFile()
        registers.programCounter = pc
        registers[RegisterFile.Number.stackPointer] = Self.base
        registers[RegisterFile.Number.framePointer] = bp
        var unwinder = Unwinder()
        let end = stack.withUnsafeBytes {
            unwinder.unwind(
                registers,
                StackBytes(base: Address(Self.base), bytes: $0),
                in: map ?? self.map
            )
        }
        return (end, unwinder.frames.map(\.address))
    }

    @Test func aLeafWithoutARuleReturnsToACallerThatRulesConfirm() {
        // The frame pointer is that of the caller, which keeps one: it would leave the caller out.
        let found = unwind(
            [0: 0x1050, 8: 0x8123, 16: 0, 24: 0],
            pc: 0x2000,
            bp: Self.base + 16
        )
        #expect(found.addresses == [0x2000, 0x104f, 0x8122])
        #expect(found.end == .complete)
    }

    @Test func aStaleReturnAddressDoesNotCountWhereThereIsAFrame() {
        // Built-in code of V8 in its own frame; the word at the stack pointer is of an old call.
        for stale in [0x1050, 0x3000, 0x8500] as [UInt64] {
            let found = unwind(
                [0: stale, 16: Self.base + 64, 24: 0x8123, 64: 0, 72: 0],
                pc: 0x2000,
                bp: Self.base + 16
            )
            #expect(found.addresses == [0x2000, 0x8122], "\(stale)")
            #expect(found.end == .complete)
        }
    }

    @Test func aReturnAddressCountsWhereThereIsNoFrame() {
        let found = unwind([0: 0x8123], pc: 0x2000, bp: 0)
        #expect(found.addresses == [0x2000, 0x8122])
        #expect(found.end == .complete)
    }

    @Test func leavesASignalHandlerThatNoRuleDescribes() {
        var code = [UInt8](repeating: 0x90, count: 128)
        code.replaceSubrange(64..<71, with: [0xb8, 0x0f, 0, 0, 0, 0x0f, 0x05])
        code.withUnsafeBytes { bytes in
            let start = UInt64(UInt(bitPattern: bytes.baseAddress))
            let library = MappedCode(
                process: ProcessID(getpid()),
                mapping: fileCode(start..<start + 128)
            ) { _ in .none }
            let map = CodeMap(
                regions: map.regions + [library],
                readAt: MonotonicInstant(nanoseconds: 0)
            )
            // A handler with a rule, its context, and the program that was interrupted.
            let context = Self.base + 8
            let offset = context - Self.base
            let words: [UInt64: UInt64] = [
                0: start + 64, offset: 7, offset + 184: 0x33,
                // rbp, rsp and rip of the interrupted function.
                offset + 40 + 80: 0, offset + 40 + 120: Self.base + 320,
                offset + 40 + 128: 0x1000, 320: 0x1060, 328: 0,
            ]
            let found = unwind(words, pc: 0x1010, bp: 0, in: map)
            #expect(found.addresses == [0x1010, start + 63, 0x1000, 0x105f])
            #expect(found.end == .complete)
            // What looks like a context is none without the code.
            var other = words
            other[0] = start + 32
            #expect(unwind(other, pc: 0x1010, bp: 0, in: map).addresses == [0x1010, start + 31])
        }
    }

    @Test func saysWhereGoLeavesAStack() throws {
        let file = try ImageFile.open(Self.targets + "go", expecting: nil)
        let image = try Image.read(from: file)
        let table = UnwindTable(try UnwindSections.read(from: file))
        // Go aligns its functions to 32 bytes.
        let places = stride(from: UInt64(0x40_1000), to: 0x50_0000, by: 32)
        let found = places.first {
            image.symbol(at: ImageAddress($0)).symbol?.name.hasPrefix("runtime.systemstack.")
                == true
        }
        let switching = try #require(found) + 4
        let program = MappedCode(
            process: ProcessID(getpid()),
            mapping: fileCode(0x40_0000..<0x50_0000)
        ) { _ in
            MappedCode.Contents(table: table, image: image, bias: 0, failure: nil)
        }
        let map = CodeMap(
            regions: map.regions + [program],
            readAt: MonotonicInstant(nanoseconds: 0)
        )
        // The frame pointer leads to a goroutine's stack, or to none.
        for bp in [0, 0x6000_0000] as [UInt64] {
            let found = unwind([0: switching], pc: 0x1000, bp: bp, in: map)
            #expect(found.end == .truncated(.otherStack))
            #expect(found.addresses == [0x1000, switching - 1])
        }
        // It has stayed on its stack.
        let stayed = unwind(
            [0: switching, 16: 0, 24: 0x8123],
            pc: 0x1000,
            bp: Self.base + 16,
            in: map
        )
        #expect(stayed.addresses == [0x1000, switching - 1, 0x8122])
        #expect(stayed.end == .complete)
    }
}
#endif

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

/// Unwind records that were made to hurt: whatever they say, there is an answer.
@Suite struct HostileFramesTests {
    /// The loader's records: small, and of every kind.
    private static let loader = Result {
        try UnwindSections.read(
            from: ImageFile.open(
                "/lib64/ld-linux-x86-64.so.2",
                symbolicLinks: .follow,
                expecting: nil
            )
        )
    }

    private let bytes: [UInt8]
    private let frames: FrameTable

    init() throws {
        frames = try #require(Self.loader.get().tables.first)
        bytes = try #require(
            frames.section.reader.bytes(at: 0, count: frames.section.reader.count).map(Array.init)
        )
    }

    /// Steps at every kind of address of a table; returns how many found a caller.
    private func interrogate(_ sections: UnwindSections, at addresses: some Sequence<UInt64>) -> Int
    {
        var limits = UnwindLimits.standard
        limits.pageInstructions = 10_000
        let table = UnwindTable(sections, limits: limits)
        let stack = StackFixture()
        var callers = 0
        for address in addresses {
            for isFull in [false, true] {
                var registers = RegisterFile.innermost(stackPointer: 0x7080)
                registers[6] = 0x70c0
                let step = stack.with { copy in
                    isFull
                        ? table.evaluate(
                            at: ImageAddress(address),
                            &registers,
                            copy,
                            isInterrupted: true
                        )
                        : table.step(
                            at: ImageAddress(address),
                            registers: &registers,
                            stack: copy,
                            isInnermost: true
                        )
                }
                if case .caller = step {
                    callers += 1
                } else {
                    #expect(registers[7] == 0x7080)
                    #expect(registers.programCounter == 0x1000)
                }
            }
        }
        return callers
    }

    /// Addresses at the start of functions and inside.
    private func addresses(_ random: inout SeededGenerator, count: Int) -> [UInt64] {
        (0..<count).map { _ in
            let index = Int.random(in: 0..<frames.index.count, using: &random)
            return frames.index.start(at: index) + UInt64.random(in: 0..<32, using: &random)
        } + [0, UInt64.max]
    }

    private func section(_ bytes: [UInt8], kind: FrameSection.Kind = .ehFrame) -> FrameSection {
        FrameSection(kind: kind, address: frames.section.address, bytes: bytes)
    }

    @Test func theRecordsThemselvesAreRead() {
        var random = SeededGenerator(seed: 1)
        let callers = interrogate(
            UnwindSections(ehFrame: frames.section),
            at: addresses(&random, count: 50)
        )
        #expect(callers > 80)
    }

    @Test func truncatedAtEvery53rdByte() {
        var random = SeededGenerator(seed: 2)
        var callers = 0
        for length in stride(from: 0, to: bytes.count, by: 53) {
            let part = section(Array(bytes.prefix(length)))
            callers += interrogate(
                UnwindSections(ehFrame: part),
                at: addresses(&random, count: 2)
            )
        }
        #expect(callers > 0)
    }

    @Test(arguments: [FrameSection.Kind.ehFrame, .debugFrame])
    func changedAtRandom(kind: FrameSection.Kind) {
        var random = SeededGenerator(seed: 0x6672_616d)
        // The first records with their CIE; what follows is more of the same.
        let records = Array(bytes.prefix(2000))
        let starts = addresses(&random, count: 30)
        var callers = 0
        for _ in 0..<400 {
            var changed = records
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                let edges: [UInt8] = [0, 1, 0x7f, 0x80, 0xff]
                changed[place] =
                    Bool.random(using: &random)
                    ? edges[Int.random(in: 0..<edges.count, using: &random)]
                    : UInt8.random(in: 0...255, using: &random)
            }
            let part = section(changed, kind: kind)
            let sections =
                kind == .ehFrame
                ? UnwindSections(ehFrame: part)
                : UnwindSections(ehFrame: nil, debugFrame: part)
            callers += interrogate(sections, at: starts.prefix(4))
        }
        #expect(kind == .debugFrame || callers > 0)
    }

    @Test func aSearchTableOfRandomBytes() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            var writer = FrameWriter()
            writer.addCommon()
            writer.addFunction(at: 0x1000, byteCount: 0x100)
            var header = writer.header(
                of: (0..<8).map { (start: 0x1000 + $0 * 0x10, record: 24) }
            )
            for index in 12..<header.count where Bool.random(using: &random) {
                header[index] = UInt8.random(in: 0...255, using: &random)
            }
            _ = interrogate(
                UnwindSections(
                    ehFrame: writer.section,
                    header: (header, ImageAddress(0x8_0000))
                ),
                at: [0, 0xfff, 0x1000, 0x1008, 0x1100, UInt64.max]
            )
        }
    }

    @Test func instructionsAndExpressionsOfRandomBytes() {
        var random = SeededGenerator(seed: 4)
        var callers = 0
        for _ in 0..<1500 {
            var writer = FrameWriter()
            writer.addCommon()
            var program = (0..<Int.random(in: 1...24, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { program = [0x0f, UInt8(program.count)] + program }
            writer.addFunction(at: 0x1000, byteCount: 0x100, instructions: program)
            callers += interrogate(UnwindSections(ehFrame: writer.section), at: [0x1000, 0x10ff])
        }
        #expect(callers > 0)
    }
}

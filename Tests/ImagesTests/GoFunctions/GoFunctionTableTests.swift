// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct GoFunctionTableTests {
    @Test(arguments: [0xffff_fff0, 0xffff_fff1] as [UInt32])
    func readsBothForms(magic: UInt32) throws {
        var writer = GoTableWriter()
        writer.magic = magic
        let table = try #require(GoFunctionTable(writer.bytes()))
        #expect(table.count == 4)
        #expect(table.addresses == 0x1000..<0x1100)
        let functions = (0..<4).compactMap { table.function(at: $0) }
        #expect(functions.map(\.addresses.lowerBound) == [0x1000, 0x1040, 0x1080, 0x10c0])
        #expect(functions.map(\.addresses.count) == [0x40, 0x40, 0x40, 0x40])
        #expect(functions.map(\.flags.rawValue) == [0, 1, 2, 2])
        #expect(table.isNamed("runtime.mcall", functions[2]))
        #expect(!table.isNamed("runtime.mcal", functions[2]))
        #expect(!table.isNamed("runtime.mcall", functions[3]))
    }

    @Test func findsFunctionsByAddress() throws {
        let table = try #require(GoFunctionTable(GoTableWriter().bytes(), textStart: 0x2000))
        #expect(table.countOfStarts(upTo: 0x1fff) == 0)
        #expect(table.countOfStarts(upTo: 0x2000) == 1)
        #expect(table.countOfStarts(upTo: 0x20bf) == 3)
        #expect(table.countOfStarts(upTo: .max) == 4)
    }

    @Test func refusesWhatItDoesNotKnow() {
        var old = GoTableWriter()
        old.magic = 0xffff_fffb
        #expect(GoFunctionTable(old.bytes()) == nil)
        var other = GoTableWriter()
        other.instructionBytes = 2
        #expect(GoFunctionTable(other.bytes()) == nil)
        #expect(GoFunctionTable([]) == nil)
    }

    /// No byte of a table, and no place to cut it off, may end the program.
    @Test func survivesWhateverItIsGiven() {
        let sound = GoTableWriter().bytes()
        for count in sound.indices { look(Array(sound.prefix(count))) }
        for index in sound.indices {
            for value in [0, 0x7f, 0x80, 0xff] as [UInt8] {
                var bytes = sound
                bytes[index] = value
                look(bytes)
            }
        }
    }

    /// Reads all that a table says, for so many functions as fit a test.
    private func look(_ bytes: [UInt8]) {
        guard let table = GoFunctionTable(bytes) else { return }
        _ = (table.addresses, table.symbolEntries, table.names)
        for index in 0..<min(table.count, 8) {
            guard let function = table.function(at: index) else { continue }
            var depths = table.depths(of: function)
            while depths.next() != nil {}
        }
        let unwind = UnwindTable(
            UnwindSections(
                ehFrame: nil,
                nil,
                debugFrame: nil,
                goFunctions: table,
                failures: []
            )
        )
        for address in stride(from: UInt64(0x1000), to: 0x1200, by: 0x20) {
            _ = unwind.rule(at: ImageAddress(address))
        }
    }
}

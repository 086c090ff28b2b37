// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SymbolTableBuilderTests {
    private typealias Symbol = ELFWriter.Symbol

    /// Code lies at `0x1000..<0x3000`.
    private func table(_ symbols: [Symbol], dynamic: [Symbol] = []) throws -> SymbolTable {
        var writer = ELFWriter()
        if !symbols.isEmpty { writer.add(symbols: symbols) }
        if !dynamic.isEmpty { writer.add(symbols: dynamic, dynamic: true) }
        return try Image.of(writer).symbols
    }

    private func name(_ table: SymbolTable, _ address: UInt64) -> String? {
        table.symbol(at: ImageAddress(address))?.name
    }

    @Test func sortsByAddress() throws {
        let table = try table([
            Symbol(name: "late", address: 0x1200, size: 0x10),
            Symbol(name: "early", address: 0x1100, size: 0x10),
        ])
        #expect(table.count == 2)
        #expect(name(table, 0x1105) == "early")
        #expect(name(table, 0x1205) == "late")
        #expect(name(table, 0x1110) == nil)
    }

    @Test(arguments: [
        (["local", "weak", "global"], "global"), (["local", "weak"], "weak"),
    ])
    func prefersTheWiderBinding(names: [String], best: String) throws {
        let bindings: [String: UInt8] = ["local": 0, "global": 1, "weak": 2]
        let symbols = names.map {
            Symbol(name: $0, address: 0x1100, size: 16, binding: bindings[$0] ?? 0)
        }
        #expect(name(try table(symbols), 0x1100) == best)
        #expect(name(try table(symbols.reversed()), 0x1100) == best)
    }

    @Test(arguments: [
        (["__write", "_write", "write"], "write"), (["__write", "_longer_name"], "_longer_name"),
        (["reallocate", "realloc"], "realloc"), (["bb", "aa"], "bb"),
    ])
    func prefersFewerUnderscoresThenTheShorterName(names: [String], best: String) throws {
        let symbols = names.map { Symbol(name: $0, address: 0x1100, size: 16) }
        #expect(name(try table(symbols), 0x1100) == best)
        #expect(try table(symbols).count == 1)
    }

    @Test func prefersFunctionsToLabelsAndSizesToNone() throws {
        let function = Symbol(name: "longer_function", address: 0x1100, size: 16, binding: 0)
        let label = Symbol(name: "label", address: 0x1100, size: 16, type: 0)
        let unsized = Symbol(name: "f", address: 0x1100, size: 0)
        #expect(name(try table([label, unsized, function]), 0x1100) == "longer_function")
        #expect(name(try table([label, unsized]), 0x1100) == "label")
    }

    @Test func theFullTableWinsAndBothCount() throws {
        let table = try table(
            [Symbol(name: "__full_name", address: 0x1100, size: 16, binding: 0)],
            dynamic: [
                Symbol(name: "name", address: 0x1100, size: 16),
                Symbol(name: "other", address: 0x1200, size: 16),
            ]
        )
        #expect(name(table, 0x1100) == "__full_name")
        #expect(name(table, 0x1200) == "other")
        #expect(table.count == 2)
    }

    @Test func dropsTheNamesOfATableThatAddsNothing() throws {
        let long = String(repeating: "f", count: 1000)
        let symbols = [Symbol(name: long, address: 0x1100, size: 16)]
        let alone = try table(symbols)
        let both = try table(symbols, dynamic: symbols)
        #expect(both.count == 1)
        #expect(both.byteCount < alone.byteCount + 500)
        #expect(name(both, 0x110f) == long)
    }

    @Test func symbolsWithoutASizeReachToTheNextOrTheEndOfTheSection() throws {
        let table = try table([
            Symbol(name: "first", address: 0x1100, size: 0),
            Symbol(name: "second", address: 0x1180, size: 0, type: 0),
            Symbol(name: "sized", address: 0x1200, size: 0x10),
            Symbol(name: "last", address: 0x2ff0, size: 0),
        ])
        #expect(name(table, 0x10ff) == nil)
        #expect(name(table, 0x117f) == "first")
        #expect(name(table, 0x11ff) == "second")
        #expect(name(table, 0x1210) == nil)
        #expect(name(table, 0x2fff) == "last")
        #expect(name(table, 0x3000) == nil)
    }

    @Test func labelsWithoutASizeDoNotSplitAFunction() throws {
        let table = try table([
            Symbol(name: "function", address: 0x1100, size: 0x100),
            Symbol(name: "inner_label", address: 0x1140, size: 0, type: 0),
            Symbol(name: "after", address: 0x1200, size: 0, type: 0),
        ])
        #expect(name(table, 0x1150) == "function")
        #expect(name(table, 0x1200) == "after")
    }

    @Test func dynamicSymbolsWithoutASizeNameOneAddress() throws {
        let table = try table([], dynamic: [Symbol(name: "entry", address: 0x1100, size: 0)])
        #expect(name(table, 0x1100) == "entry")
        #expect(name(table, 0x1101) == nil)
        #expect(table.symbol(at: ImageAddress(0x1100))?.addresses.isEmpty == true)
    }

    @Test func theInnermostOfOverlappingFunctionsCounts() throws {
        let table = try table([
            Symbol(name: "outer", address: 0x1100, size: 0x100),
            Symbol(name: "inner", address: 0x1140, size: 0x10),
            Symbol(name: "crossing", address: 0x11f0, size: 0x20),
        ])
        #expect(name(table, 0x113f) == "outer")
        #expect(name(table, 0x1140) == "inner")
        #expect(name(table, 0x1150) == "outer")
        #expect(name(table, 0x11f0) == "crossing")
        #expect(name(table, 0x120f) == "crossing")
        #expect(name(table, 0x1210) == nil)
    }

    @Test func aLongerAliasHasWhatTheBetterNameLeaves() throws {
        let table = try table([
            Symbol(name: "_longer", address: 0x1100, size: 0x40),
            Symbol(name: "shorter", address: 0x1100, size: 0x20),
        ])
        #expect(name(table, 0x1100) == "shorter")
        #expect(name(table, 0x111f) == "shorter")
        #expect(name(table, 0x1120) == "_longer")
        #expect(name(table, 0x1140) == nil)
    }

    @Test func functionsEndWithTheirSection() throws {
        let table = try table([Symbol(name: "huge", address: 0x2f00, size: UInt64.max)])
        #expect(
            table.symbol(at: ImageAddress(0x2fff))?.addresses
                == ImageAddress(0x2f00)..<ImageAddress(0x3000)
        )
        #expect(name(table, 0x3000) == nil)
    }

    @Test(arguments: ["$x", "$d", "$x.17", "$d.realdata"])
    func mappingSymbolsAreNoFunctions(mapping: String) throws {
        let table = try table([
            Symbol(name: mapping, address: 0x1100, size: 16, type: 0, binding: 0),
            Symbol(name: mapping, address: 0x1200, size: 0, type: 0, binding: 1),
            Symbol(name: "$xylophone", address: 0x1300, size: 16, type: 0),
        ])
        #expect(table.count == 1)
        #expect(name(table, 0x1300) == "$xylophone")
    }

    @Test func countsFunctionsOutsideCode() throws {
        let table = try table([
            Symbol(name: "outside", address: 0x3000, size: 16),
            Symbol(name: "far", address: UInt64.max, size: 16),
            Symbol(name: "data_label", address: 0x4000, size: 16, type: 0),
        ])
        #expect(table.isEmpty)
        #expect(table.drops == [.outsideCode: 2])
    }

    @Test func countsFunctionsOutOfReach() throws {
        var writer = ELFWriter()
        let far: UInt64 = 0x10_0000_1000
        writer.sections[0].statedBytes = far
        writer.add(symbols: [
            Symbol(name: "far", address: far, size: 16),
            Symbol(name: "low", address: 0x18, size: 1),
            Symbol(name: "f", address: 0x1000, size: 1),
        ])
        writer.segments.append(.init(offset: 0x9000, address: 0x900, bytes: 0x10))
        writer.sections.append(.init(type: 1, flags: 6, address: 0x10, statedBytes: 0x10))
        let table = try Image.of(writer).symbols
        #expect(table.drops == [.outOfReach: 2])
        #expect(name(table, 0x1000) == "f")
    }

    @Test func countsBadNames() throws {
        let code = [UInt8](arrayLiteral: 0x12, 0) + little(UInt16(1))
        func entry(_ name: UInt32, _ address: UInt64) -> [UInt8] {
            little(name) + code + little(address) + little(UInt64(16))
        }
        let limit = SymbolTable.nameBytesLimit
        var names: [UInt8] = [0]
        names += [UInt8](repeating: 0x61, count: limit) + [0]
        let tooLong = UInt32(names.count)
        names += [UInt8](repeating: 0x62, count: limit + 1) + [0]
        let unterminated = UInt32(names.count)
        names += [0x63]
        var writer = ELFWriter()
        writer.add(
            table: entry(0, 0x1000) + entry(1, 0x1100) + entry(tooLong, 0x1200)
                + entry(unterminated, 0x1300) + entry(unterminated + 1, 0x1400)
                + entry(UInt32.max, 0x1500),
            names: names
        )
        let table = try Image.of(writer).symbols
        #expect(table.count == 1)
        #expect(name(table, 0x1100)?.utf8.count == limit)
        #expect(
            table.drops == [
                .unnamed: 1, .nameTooLong: 1, .nameUnterminated: 1, .nameOutside: 2,
            ]
        )
    }

    @Test func boundsNesting() throws {
        let symbols = (0..<100).map {
            Symbol(name: "f\($0)", address: 0x1000 + UInt64($0), size: 0x1000 - UInt64($0))
        }
        let table = try table(symbols)
        #expect(table.count == SymbolTable.nestingLimit)
        #expect(table.drops == [.nestedTooDeep: 100 - SymbolTable.nestingLimit])
        #expect(name(table, 0x1fff) == "f\(SymbolTable.nestingLimit - 1)")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SymbolTableReaderTests {
    /// A file whose full table is changed, and whose dynamic table names `f` at 0x1000.
    private func image(_ change: (inout ELFWriter) -> Void) throws -> Image {
        var writer = ELFWriter()
        writer.add(symbols: [.init(name: "full", address: 0x1000, size: 16)])
        writer.add(symbols: [.init(name: "dynamic", address: 0x1000, size: 16)], dynamic: true)
        change(&writer)
        return try Image.of(writer)
    }

    private func name(_ image: Image) -> String? { image.symbol(atFileOffset: 0x1000).symbol?.name }

    @Test func takesTheFullTableFirst() throws {
        let image = try image { _ in }
        #expect(name(image) == "full")
        #expect(image.partialFailures.isEmpty)
    }

    @Test(arguments: [1, 2])
    func readsCompressedSections(section: Int) throws {
        let image = try image { $0.compress(section) }
        #expect(image.partialFailures.isEmpty)
        #expect(name(image) == "full")
    }

    @Test func reportsWhatCannotBeUnpacked() throws {
        // What is no header of a compressed section begins with the number of no method.
        let unknown = try image { $0.sections[1].flags = 0x800 }
        #expect(unknown.partialFailures == [.compressedSection])
        let short = try image { $0.sections[2].flags = 0x800 }
        #expect(short.partialFailures == [.malformedCompression])
        #expect(name(short) == "dynamic")
        let odd = try image {
            $0.sections[1].contents.append(0)
            $0.compress(1)
        }
        #expect(odd.partialFailures == [.malformedSymbolTable])
        var limits = ImageLimits.standard
        limits.symbolTableBytes = 130
        var writer = ELFWriter()
        writer.add(symbols: (0..<20).map { .init(name: "f", address: 0x1000 + $0, size: 1) })
        writer.compress(1)
        let large = try Image.of(writer, limits: limits)
        #expect(large.partialFailures == [.decompressedTooLarge])
    }

    @Test func reportsTablesOfTheWrongShape() throws {
        let changes: [(inout ELFWriter) -> Void] = [
            { $0.sections[1].entryBytes = 0 }, { $0.sections[1].entryBytes = 16 },
            { $0.sections[1].statedBytes = 47 }, { $0.sections[1].link = 0 },
            { $0.sections[1].link = UInt32.max }, { $0.sections[2].type = 1 },
        ]
        for change in changes {
            let image = try image(change)
            #expect(image.partialFailures == [.malformedSymbolTable])
            #expect(name(image) == "dynamic")
        }
    }

    @Test func reportsTablesThatTheFileDoesNotHold() throws {
        for section in [1, 2] {
            let image = try image { $0.sections[section].statedBytes = 24 * 1000 }
            #expect(image.partialFailures == [.truncated])
            #expect(name(image) == "dynamic")
        }
    }

    @Test func reportsTablesBeyondTheLimit() throws {
        for bytes: UInt64 in [24 * 20_000_000, UInt64.max / 24 * 24] {
            let image = try image { $0.sections[1].statedBytes = bytes }
            #expect(image.partialFailures == [.symbolTableTooLarge])
        }
        let image = try image { $0.sections[2].statedBytes = UInt64.max }
        #expect(image.partialFailures == [.symbolTableTooLarge])
    }

    @Test func theLimitIsForAllTablesTogether() throws {
        var writer = ELFWriter()
        writer.add(symbols: [.init(name: "full", address: 0x1000, size: 16)])
        writer.add(symbols: [.init(name: "dynamic", address: 0x1000, size: 16)], dynamic: true)
        var limits = ImageLimits.standard
        limits.symbolTableBytes = 2 * 48 + 6 + 9
        #expect(try Image.of(writer, limits: limits).partialFailures.isEmpty)
        limits.symbolTableBytes -= 1
        let image = try Image.of(writer, limits: limits)
        #expect(image.partialFailures == [.symbolTableTooLarge])
        #expect(name(image) == "full")
    }

    @Test func readsTablesOfManyParts() throws {
        var writer = ELFWriter()
        let count: UInt64 = 100_000
        writer.segments[0].bytes = count * 16
        writer.sections[0].statedBytes = count * 16
        var table: [UInt8] = []
        for index in 0..<count {
            table +=
                little(UInt32(1)) + [0x12, 0, 1, 0] + little(0x1000 + index * 16)
                + little(UInt64(8))
        }
        writer.add(table: table, names: [0, 0x66, 0])
        let image = try Image.of(writer)
        #expect(image.symbols.count == Int(count))
        #expect(image.symbol(atFileOffset: 0x1000 + (count - 1) * 16 + 7).symbol != nil)
        #expect(image.symbol(atFileOffset: 0x1000 + (count - 1) * 16 + 8) == .gap)
    }
}

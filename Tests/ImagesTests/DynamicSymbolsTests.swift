// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct DynamicSymbolsTests {
    /// An image without sections whose dynamic linker's table leads to one symbol.
    private func memory(
        addressesFrom base: UInt64 = 0,
        nameBytes: UInt64 = 3,
        symbols: UInt32 = 2
    ) -> [UInt8] {
        var writer = ELFWriter()
        writer.sections = []
        writer.segments[0] = .init(offset: 0, address: 0, bytes: 0x1000)
        writer.segments.append(.init(type: 2, offset: 0x200, address: 0x200, bytes: 0x100))
        var bytes = writer.bytes()
        bytes += [UInt8](repeating: 0, count: 0x1000 - bytes.count)
        func put(_ part: [UInt8], at offset: Int) {
            bytes.replaceSubrange(offset..<(offset + part.count), with: part)
        }
        let entries: [(UInt64, UInt64)] = [
            (6, base + 0x300), (5, base + 0x400), (10, nameBytes), (4, base + 0x500),
        ]
        put(entries.flatMap { little($0.0) + little($0.1) }, at: 0x200)
        put(
            little(UInt32(1)) + [0x12, 0, 1, 0] + little(UInt64(0x800)) + little(UInt64(16)),
            at: 0x318
        )
        put([0, 0x66, 0], at: 0x400)
        put(little(UInt32(1)) + little(symbols), at: 0x500)
        return bytes
    }

    private func name(_ bytes: [UInt8], at address: UInt64 = 0x7000) throws -> String? {
        try Image.read(fromMemory: bytes, mappedAt: address)
            .symbol(at: ImageAddress(0x804)).symbol?.name
    }

    private func failures(_ bytes: [UInt8]) throws -> [ImageFailure] {
        try Image.read(fromMemory: bytes, mappedAt: 0x7000).partialFailures
    }

    @Test func findsSymbolsByAddressesOfTheFileOrTheProcess() throws {
        #expect(try name(memory()) == "f")
        #expect(try name(memory(addressesFrom: 0x7000)) == "f")
        #expect(try name(memory(addressesFrom: 0x9000)) == nil)
    }

    @Test func reportsWhatIsNotThere() throws {
        #expect(try failures(memory(addressesFrom: 0x9000)) == [.malformedSymbolTable])
        #expect(try failures(memory(nameBytes: 0x2000)) == [.truncated])
        #expect(try failures(memory(symbols: 0x200)) == [.truncated])
        #expect(try failures(memory(nameBytes: UInt64.max)) == [.symbolTableTooLarge])
        #expect(try failures(memory(symbols: UInt32.max)) == [.symbolTableTooLarge])
        #expect(try failures(Array(memory().prefix(0x180))) == [.truncated])
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("GoFunctionTable as symbols") struct GoFunctionTableSymbolsTests {
    private func writer() -> ELFWriter {
        var writer = ELFWriter()
        writer.add(
            section: ".gopclntab",
            ELFWriter.Section(type: 1, flags: 2, contents: GoTableWriter().bytes())
        )
        return writer
    }

    @Test func nameTheFunctionsOfAStrippedProgram() throws {
        let image = try Image.of(writer())
        #expect(image.partialFailures.isEmpty)
        let symbol = try #require(image.symbol(at: ImageAddress(0x1044)).symbol)
        #expect(symbol.name == "runtime.goexit")
        #expect(symbol.offsetInFunction == 4)
        #expect(symbol.addresses == ImageAddress(0x1040)..<ImageAddress(0x1080))
        #expect(image.symbol(at: ImageAddress(0x1100)) == .gap)
    }

    @Test func standBackBehindAFullTable() throws {
        var writer = writer()
        writer.add(symbols: [ELFWriter.Symbol(name: "other", address: 0x1040, size: 0x40)])
        let image = try Image.of(writer)
        #expect(image.symbol(at: ImageAddress(0x1044)).symbol?.name == "other")
        #expect(image.symbol(at: ImageAddress(0x1000)) == .gap)
    }
}

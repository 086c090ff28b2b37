// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SectionContentsTests {
    private func contents(
        limit: UInt64 = 100,
        _ change: (inout ELFWriter.Section) -> Void
    ) throws -> [UInt8] {
        var writer = ELFWriter()
        writer.sections = [ELFWriter.Section(type: 1, contents: [9, 8, 7, 6])]
        change(&writer.sections[0])
        let file = ImageBytes(writer.bytes())
        let headers = try ImageHeaders.read(from: file, limits: .standard)
        return try SectionContents.read(
            try #require(headers.sections.section(at: 1)),
            from: file,
            limit: limit
        )
    }

    @Test func readsSectionsAsTheyAre() throws {
        #expect(try contents { _ in } == [9, 8, 7, 6])
        #expect(try contents(limit: 4) { _ in } == [9, 8, 7, 6])
        #expect(throws: ImageFailure.symbolTableTooLarge) { try contents(limit: 3) { _ in } }
    }

    @Test func unpacksSections() throws {
        var writer = ELFWriter()
        writer.sections = [ELFWriter.Section(type: 1, contents: [9, 8, 7, 6])]
        writer.compress(0)
        #expect(try contents { $0 = writer.sections[0] } == [9, 8, 7, 6])
    }

    @Test func sectionsWithoutAPlaceInTheFileHoldNothing() {
        #expect(throws: ImageFailure.truncated) { try contents { $0.type = 8 } }
        #expect(throws: ImageFailure.truncated) {
            try contents(limit: 1 << 20) { $0.statedBytes = 5000 }
        }
    }
}

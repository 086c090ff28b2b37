// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SectionHeadersTests {
    private func headers(_ writer: ELFWriter) throws -> SectionHeaders {
        try SectionHeaders(parsing: Array(writer.bytes().suffix(64 * (writer.sections.count + 1))))
    }

    @Test func readsEveryField() throws {
        var writer = ELFWriter()
        writer.sections = [
            .init(
                type: 2,
                flags: 0x800,
                address: 0x1234,
                contents: [1, 2, 3],
                link: 5,
                info: 6,
                alignment: 8,
                entryBytes: 24
            )
        ]
        let headers = try headers(writer)
        #expect(headers.all.count == 2)
        let section = try #require(headers.first(ofType: 2))
        #expect(section.isCompressed)
        #expect(!section.isCode)
        #expect(section.address.rawValue == 0x1234)
        #expect(section.fileOffset == 64 + 56)
        #expect(section.byteCount == 3)
        #expect(section.link == 5)
        #expect(section.info == 6)
        #expect(section.alignment == 8)
        #expect(section.entryBytes == 24)
        #expect(headers.first(ofType: 11) == nil)
        #expect(headers.linked(from: section) == nil)
    }

    @Test func followsLinks() throws {
        var writer = ELFWriter()
        writer.add(symbols: [])
        let headers = try headers(writer)
        let table = try #require(headers.first(ofType: 2))
        #expect(headers.linked(from: table)?.type == 3)
        #expect(headers.all[1].isCode)
    }

    @Test func findsNotesThatAreNotCompressed() throws {
        var writer = ELFWriter()
        writer.sections = [
            .init(type: 7, contents: [1, 2], alignment: 8), .init(type: 7, flags: 0x800),
        ]
        let note = NoteExtent(fileOffset: 64 + 56, byteCount: 2, alignment: 8)
        #expect(try headers(writer).notes == [note])
    }

    @Test func refusesEveryPartOfAHeader() {
        for count in 1..<SectionHeaders.entryBytes {
            #expect(throws: ImageFailure.truncated) {
                try SectionHeaders(parsing: [UInt8](repeating: 0, count: count))
            }
        }
    }
}

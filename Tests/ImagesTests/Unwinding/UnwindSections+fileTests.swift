// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("UnwindSections of a file") struct UnwindSectionsFileTests {
    private let directory: TemporaryDirectory
    /// A small library as a linker writes it, with both frame sections.
    private let library: [UInt8]

    init() throws {
        directory = try TemporaryDirectory()
        let synchronous = "int b(int); int a(int n) { return b(n) + b(n + 1); }\n"
        let other = "int a(int); int b(int n) { return n ? a(n - 1) + 1 : 0; }\n"
        let paths = try [
            directory.write(Array(synchronous.utf8), to: "a.c"),
            directory.write(Array(other.utf8), to: "b.c"),
        ]
        let flags = "-g -gz=none -O1 -fPIC"
        _ = try lines(
            of: "cd '\(directory.path)' && gcc \(flags) -c '\(paths[0])' -o a.o && "
                + "gcc \(flags) -fno-asynchronous-unwind-tables -c '\(paths[1])' -o b.o && "
                + "gcc -shared -Wl,-z,noseparate-code -o a.so a.o b.o"
        )
        library = try contents(of: directory.path("a.so"))
    }

    private func read(
        _ bytes: [UInt8],
        limits: UnwindLimits = .standard
    ) throws -> UnwindSections {
        let file = try ImageFile.open(directory.write(bytes, to: "f"), expecting: nil)
        return try UnwindSections.read(from: file, limits: limits)
    }

    /// The file with the header of its search table made one that says nothing.
    private func withoutSearchTable(_ bytes: [UInt8]) throws -> [UInt8] {
        var bytes = bytes
        let header = try ELFHeader(parsing: bytes)
        for index in 0..<Int(header.programHeaderCount) {
            let offset = Int(header.programHeaderOffset) + 56 * index
            if ByteReader(bytes).uint32(at: UInt64(offset)) == 0x6474_e550 {
                bytes.replaceSubrange(offset..<offset + 4, with: little(UInt32(0)))
            }
        }
        return bytes
    }

    /// The file without section headers.
    private func withoutSections(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(40..<48, with: little(UInt64(0)))
        bytes.replaceSubrange(60..<64, with: little(UInt32(0)))
        return bytes
    }

    @Test func readsBothSections() throws {
        let sections = try read(library)
        #expect(sections.failures.isEmpty)
        #expect(sections.tables.map(\.section.kind) == [.ehFrame, .debugFrame])
        #expect(sections.tables[0].index.isFromHeader)
        #expect(sections.tables[1].index.count == 1)
        let table = UnwindTable(sections)
        let debug = try #require(sections.tables[1].addresses)
        let rule = table.rule(at: ImageAddress(debug.lowerBound))
        #expect(rule.kind == .register)
        #expect(rule.offset == 8)
    }

    @Test func findsTheSameWithoutSearchTableOrSections() throws {
        let whole = try #require(read(library).tables.first)
        for bytes in [try withoutSearchTable(library), withoutSections(library)] {
            let sections = try read(bytes)
            #expect(sections.failures.isEmpty)
            let table = try #require(sections.tables.first)
            #expect(table.section.address == whole.section.address)
            #expect(table.index.count == whole.index.count)
            for index in 0..<whole.index.count {
                #expect(table.index.start(at: index) == whole.index.start(at: index))
                #expect(table.index.record(at: index) == whole.index.record(at: index))
            }
        }
    }

    @Test func hasNothingWithoutBoth() throws {
        #expect(try read(withoutSections(withoutSearchTable(library))).isEmpty)
    }

    @Test func boundsEachSection() throws {
        var limits = UnwindLimits.standard
        limits.sectionBytes = 8
        let sections = try read(library, limits: limits)
        #expect(sections.isEmpty)
        #expect(Set(sections.failures) == [.unwindSectionTooLarge])
        #expect(sections.failures.count == 3)
    }

    @Test func aSectionThatIsCutTakesNothingFromTheOther() throws {
        let header = try ELFHeader(parsing: library)
        let file = try ImageFile.open(directory.write(library, to: "f"), expecting: nil)
        let headers = try ImageHeaders.read(from: file, limits: .standard)
        let place = try #require(headers.names.section(named: ".eh_frame"))
        let index = try #require(headers.sections.all.firstIndex(of: place))
        var bytes = library
        let offset = Int(header.sectionHeaderOffset) + 64 * index + 24
        bytes.replaceSubrange(offset..<offset + 8, with: little(UInt64(bytes.count)))
        let cut = try read(bytes)
        #expect(cut.failures == [.truncated])
        #expect(cut.tables.map(\.section.kind) == [.debugFrame])
    }

    @Test func reportsFilesThatAreNone() throws {
        #expect(throws: ImageFailure.notELF) { try read([1, 2, 3]) }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Writes small ELF files, well-formed unless told otherwise.
///
/// The layout is: header, program headers, contents of the sections, section headers. Section 0 is
/// the empty one that the specification asks for.
struct ELFWriter {
    struct Segment {
        var type: UInt32 = 1
        var flags: UInt32 = 5
        var offset: UInt64
        var address: UInt64
        var bytes: UInt64
        var alignment: UInt64 = 4096
    }

    struct Section {
        var type: UInt32
        var flags: UInt64 = 0
        var address: UInt64 = 0
        var contents: [UInt8] = []
        /// The length that the header states, where it is not that of the contents.
        var statedBytes: UInt64?
        var link: UInt32 = 0
        var info: UInt32 = 0
        var alignment: UInt64 = 1
        var entryBytes: UInt64 = 0
        var name = ""
        var nameOffset: UInt32 = 0
    }

    struct Symbol {
        var name: String
        var address: UInt64
        var size: UInt64
        var type: UInt8 = 2
        var binding: UInt8 = 1
        var section: UInt16 = 1
    }

    var machine: UInt16 = 62
    var type: UInt16 = 3
    var segments: [Segment] = []
    var sections: [Section] = []
    /// Puts the counts of headers into the first section header.
    var extendedCounts = false
    private var namesAreIn = false

    /// A file with code at `0x1000..<0x3000` that is mapped from the offset `0x1000`.
    init() {
        segments = [Segment(offset: 0x1000, address: 0x1000, bytes: 0x2000)]
        sections = [Section(type: 1, flags: 6, address: 0x1000, statedBytes: 0x2000)]
    }

    /// Adds a symbol table and its names.
    mutating func add(symbols: [Symbol], dynamic: Bool = false) {
        var names: [UInt8] = [0]
        var table = [UInt8](repeating: 0, count: 24)
        for symbol in symbols {
            table += little(UInt32(names.count)) + [symbol.binding << 4 | symbol.type, 0]
            table += little(symbol.section) + little(symbol.address) + little(symbol.size)
            names += Array(symbol.name.utf8) + [0]
        }
        add(table: table, names: names, dynamic: dynamic)
    }

    /// Adds a symbol table of raw bytes.
    mutating func add(table: [UInt8], names: [UInt8], dynamic: Bool = false) {
        sections.append(
            Section(
                type: dynamic ? 11 : 2,
                contents: table,
                link: UInt32(sections.count + 2),
                entryBytes: 24
            )
        )
        sections.append(Section(type: 3, contents: names))
    }

    /// Adds a build id as a note that both a segment and a section name.
    mutating func add(buildID: [UInt8]) {
        let note =
            little(UInt32(4)) + little(UInt32(buildID.count)) + little(UInt32(3))
            + Array("GNU\0".utf8) + buildID
        sections.append(Section(type: 7, flags: 2, contents: note, alignment: 4))
    }

    /// The file; names of sections are in a section of their own behind the others.
    func bytes() -> [UInt8] {
        if !namesAreIn, sections.contains(where: { !$0.name.isEmpty }) {
            return withNames().bytes()
        }
        var contentOffset = 64 + 56 * segments.count
        var offsets: [Int] = []
        var contents: [UInt8] = []
        for section in sections {
            offsets.append(contentOffset)
            contents += section.contents
            contentOffset += section.contents.count
        }
        return header(sectionsAt: contentOffset) + programHeaders() + contents
            + sectionHeaders(offsets)
    }

    private func withNames() -> ELFWriter {
        var named = self
        named.namesAreIn = true
        named.sections.append(Section(type: 3, name: ".shstrtab"))
        var names: [UInt8] = [0]
        for index in named.sections.indices where !named.sections[index].name.isEmpty {
            named.sections[index].nameOffset = UInt32(names.count)
            names += Array(named.sections[index].name.utf8) + [0]
        }
        named.sections[named.sections.count - 1].contents = names
        return named
    }

    private func header(sectionsAt offset: Int) -> [UInt8] {
        let sectionCount = sections.isEmpty ? 0 : UInt16(sections.count + 1)
        var header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        header += little(type) + little(machine) + little(UInt32(1)) + little(UInt64(0))
        header += little(UInt64(64)) + little(sections.isEmpty ? 0 : UInt64(offset))
        header += little(UInt32(0)) + little(UInt16(64)) + little(UInt16(56))
        header += little(extendedCounts ? 0xffff : UInt16(segments.count)) + little(UInt16(64))
        header += little(extendedCounts ? 0 : sectionCount)
        header += little(!namesAreIn ? 0 : extendedCounts ? 0xffff : sectionCount - 1)
        return header
    }

    private func programHeaders() -> [UInt8] {
        segments.flatMap { segment in
            var header = little(segment.type) + little(segment.flags)
            for value in [
                segment.offset, segment.address, segment.address, segment.bytes, segment.bytes,
                segment.alignment,
            ] {
                header += little(value)
            }
            return header
        }
    }

    private func sectionHeaders(_ offsets: [Int]) -> [UInt8] {
        guard !sections.isEmpty else { return [] }
        var first = Section(type: 0)
        if extendedCounts {
            first.statedBytes = UInt64(sections.count + 1)
            first.info = UInt32(segments.count)
            if namesAreIn { first.link = UInt32(sections.count) }
        }
        return zip([first] + sections, [0] + offsets).flatMap { section, offset in
            var header = little(section.nameOffset) + little(section.type) + little(section.flags)
            header += little(section.address) + little(UInt64(offset))
            header += little(section.statedBytes ?? UInt64(section.contents.count))
            header += little(section.link) + little(section.info) + little(section.alignment)
            return header + little(section.entryBytes)
        }
    }
}

/// The bytes of an integer, the lowest first.
func little(_ value: some FixedWidthInteger) -> [UInt8] {
    var rest = value
    return (0..<(value.bitWidth / 8)).map { _ in
        defer { rest >>= 8 }
        return UInt8(truncatingIfNeeded: rest)
    }
}

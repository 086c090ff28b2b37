// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct BuildIDNoteTests {
    private func note(_ type: UInt32, name: String, _ value: [UInt8], padding: Int = 4) -> [UInt8] {
        var bytes = little(UInt32(name.utf8.count)) + little(UInt32(value.count)) + little(type)
        bytes += Array(name.utf8)
        while bytes.count % padding != 0 { bytes.append(0) }
        bytes += value
        while bytes.count % padding != 0 { bytes.append(0) }
        return bytes
    }

    @Test func findsTheBuildIDBehindOtherNotes() {
        let bytes =
            note(1, name: "GNU\0", [1, 2, 3, 4, 5]) + note(3, name: "Go\0\0", [6])
            + note(3, name: "GNU\0", [0xab, 0xcd, 0xef])
        #expect(BuildIDNote.find(in: bytes, alignment: 4)?.description == "abcdef")
    }

    @Test func padsTo8BytesWhereTheSegmentDoes() {
        let bytes =
            note(5, name: "GNU\0", [1, 2, 3, 4], padding: 8)
            + note(3, name: "GNU\0", [0xab], padding: 8)
        #expect(BuildIDNote.find(in: bytes, alignment: 8)?.description == "ab")
    }

    @Test func findsNothingInPartOfANote() {
        let bytes = note(3, name: "GNU\0", [1, 2, 3, 4])
        for count in 0..<bytes.count {
            #expect(BuildIDNote.find(in: Array(bytes.prefix(count)), alignment: 4) == nil)
        }
    }

    @Test func survivesLengthsThatReachFarBeyondTheEnd() {
        for type: UInt32 in [1, 3] {
            let bytes = little(UInt32.max) + little(UInt32.max) + little(type) + [71, 78, 85, 0]
            #expect(BuildIDNote.find(in: bytes, alignment: 4) == nil)
            #expect(BuildIDNote.find(in: bytes, alignment: 8) == nil)
        }
    }

    @Test func refusesBuildIDsOfImpossibleLength() {
        let long = [UInt8](repeating: 9, count: BuildID.byteLimit + 1)
        #expect(BuildIDNote.find(in: note(3, name: "GNU\0", long), alignment: 4) == nil)
        #expect(BuildIDNote.find(in: note(3, name: "GNU\0", []), alignment: 4) == nil)
    }

    @Test func isReadFromSectionsToo() throws {
        var writer = ELFWriter()
        writer.add(buildID: [1, 2, 3, 4])
        #expect(try Image.of(writer).buildID?.description == "01020304")
    }

    @Test func isReadFromSegments() throws {
        var writer = ELFWriter()
        writer.add(buildID: [1, 2, 3, 4])
        writer.segments.append(
            .init(type: 4, flags: 4, offset: 64 + 2 * 56, address: 0, bytes: 20, alignment: 4)
        )
        // A section that is not a note any more.
        writer.sections[1].type = 1
        #expect(try Image.of(writer).buildID?.description == "01020304")
    }
}

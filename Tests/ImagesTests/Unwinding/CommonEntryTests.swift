// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct CommonEntryTests {
    private func entry(_ writer: FrameWriter) -> CommonEntry? { CommonEntry(writer.section, at: 0) }

    @Test(arguments: [1, 3, 4] as [UInt8])
    func readsEveryVersion(version: UInt8) throws {
        var writer = FrameWriter(kind: .debugFrame)
        writer.addCommon(version: version, codeAlignment: 4, returnAddress: 30)
        let entry = try #require(self.entry(writer))
        #expect(entry.codeAlignment == 4)
        #expect(entry.dataAlignment == -8)
        #expect(entry.returnAddress == 30)
        #expect(entry.encoding == .absolute)
        #expect(!entry.hasAugmentationData)
        #expect(!entry.isSignalFrame)
        #expect(entry.instructions.count == FrameWriter.entryRules.count)
        #expect(entry.instructions.upperBound == UInt64(writer.bytes.count))
    }

    @Test(arguments: [0, 2, 5, 255] as [UInt8])
    func rejectsOtherVersions(version: UInt8) {
        var writer = FrameWriter(kind: .debugFrame)
        writer.addCommon(version: version)
        #expect(entry(writer) == nil)
    }

    @Test func readsTheAugmentationInAnyOrder() throws {
        var writer = FrameWriter()
        // A personality of four bytes, an encoding of language data, and that of addresses.
        writer.addCommon(augmentation: "zPLRSB", data: [0x9b, 1, 2, 3, 4, 0x1b, 0x0c])
        let entry = try #require(self.entry(writer))
        #expect(entry.encoding == PointerEncoding(rawValue: 0x0c))
        #expect(entry.isSignalFrame)
        #expect(entry.hasAugmentationData)
        #expect(entry.instructions.count == FrameWriter.entryRules.count)
    }

    @Test func skipsAugmentationDataBeyondItsLetters() throws {
        var writer = FrameWriter()
        writer.addCommon(augmentation: "zR", data: [0x1b, 9, 9, 9])
        #expect(try #require(self.entry(writer)).instructions.count == FrameWriter.entryRules.count)
    }

    @Test(
        "What may change the meaning is not read",
        arguments: [("zX", [0]), ("eh", nil), ("R", [0x1b]), ("zRRRRRRRR", [0x1b]), ("zR", [])]
            as [(String, [UInt8]?)]
    )
    func rejectsAugmentations(letters: String, data: [UInt8]?) {
        var writer = FrameWriter()
        writer.addCommon(augmentation: letters, data: data)
        #expect(entry(writer) == nil)
    }

    @Test func aFunctionIsNoCommonEntry() {
        var writer = FrameWriter()
        writer.addCommon()
        let function = writer.addFunction(at: 0x1000, byteCount: 1)
        #expect(CommonEntry(writer.section, at: UInt64(function)) == nil)
        #expect(CommonEntry(writer.section, at: UInt64.max) == nil)
    }

    @Test func truncatedAtEveryLength() {
        var writer = FrameWriter()
        writer.addCommon(version: 3, augmentation: "zPLR", data: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
        for count in 0..<writer.bytes.count {
            let bytes = Array(writer.bytes.prefix(count))
            let section = FrameSection(kind: .ehFrame, address: ImageAddress(0), bytes: bytes)
            #expect(CommonEntry(section, at: 0) == nil)
        }
    }
}

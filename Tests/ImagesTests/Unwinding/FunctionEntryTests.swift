// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FunctionEntryTests {
    private func function(_ writer: FrameWriter, at offset: Int) -> FunctionEntry? {
        guard let record = FrameRecord(writer.section, at: UInt64(offset)),
            case .function(let commonAt) = record.content,
            let common = CommonEntry(writer.section, at: commonAt)
        else { return nil }
        return FunctionEntry(writer.section, record, common)
    }

    @Test(arguments: [FrameSection.Kind.ehFrame, .debugFrame])
    func readsAddressesAndInstructions(kind: FrameSection.Kind) throws {
        var writer = FrameWriter(kind: kind)
        let common = writer.addCommon()
        let offset = writer.addFunction(at: 0x4321, byteCount: 0x99, instructions: [0x41, 0, 0])
        let function = try #require(self.function(writer, at: offset))
        #expect(function.addresses == 0x4321..<0x43ba)
        #expect(function.instructions.count == 3)
        #expect(function.commonAt == UInt64(common))
    }

    @Test func dropsFunctionsThatTheLinkerRemoved() {
        var writer = FrameWriter(kind: .debugFrame)
        writer.addCommon()
        let removed = writer.addFunction(at: 0, byteCount: 16)
        let empty = writer.addFunction(at: 0x1000, byteCount: 0)
        let wrapping = writer.addFunction(at: UInt64.max, byteCount: 2)
        #expect(function(writer, at: removed) == nil)
        #expect(function(writer, at: empty) == nil)
        #expect(function(writer, at: wrapping) == nil)
    }

    @Test func truncatedAugmentationData() {
        var writer = FrameWriter()
        writer.addCommon()
        let start = writer.bytes.count
        // The address, the length, and augmentation data of a length that the record has not.
        writer.addRaw(little(UInt32(13)) + little(UInt32(start + 4)))
        writer.addRaw(little(UInt32(0x10)) + little(UInt32(0x10)) + [9])
        #expect(function(writer, at: start) == nil)
    }
}

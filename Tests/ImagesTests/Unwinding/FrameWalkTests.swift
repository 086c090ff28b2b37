// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameWalkTests {
    private func starts(_ writer: FrameWriter) -> (starts: [UInt64], dropped: Int) {
        var walk = FrameWalk(writer.section)
        var starts: [UInt64] = []
        while let function = walk.next() { starts.append(function.addresses.lowerBound) }
        return (starts, walk.droppedRecords)
    }

    @Test func goesOverEveryRecordInItsOrder() {
        var writer = FrameWriter()
        writer.addCommon()
        writer.addFunction(at: 0x3000, byteCount: 1)
        let second = writer.addCommon(augmentation: "zRS")
        writer.addFunction(of: second, at: 0x1000, byteCount: 1)
        writer.addFunction(at: 0x2000, byteCount: 1)
        #expect(starts(writer) == ([0x3000, 0x1000, 0x2000], 0))
    }

    @Test func endsAtTheTerminator() {
        var writer = FrameWriter()
        writer.addCommon()
        writer.addFunction(at: 0x1000, byteCount: 1)
        writer.addRaw([0, 0, 0, 0])
        writer.addFunction(at: 0x2000, byteCount: 1)
        #expect(starts(writer) == ([0x1000], 0))
    }

    @Test func countsWhatItCannotRead() {
        var writer = FrameWriter()
        let unknown = writer.addCommon(version: 9)
        writer.addFunction(of: unknown, at: 0x1000, byteCount: 1)
        let known = writer.addCommon()
        writer.addFunction(of: known, at: 0x2000, byteCount: 1)
        writer.addFunction(of: known, at: 0x3000, byteCount: 0)
        #expect(starts(writer) == ([0x2000], 2))
    }

    @Test func remembersTheLastCommonEntryOnly() {
        var writer = FrameWriter()
        let first = writer.addCommon(returnAddress: 16)
        let second = writer.addCommon(returnAddress: 30)
        var cache = CommonEntryCache()
        #expect(cache.entry(writer.section, at: UInt64(first))?.returnAddress == 16)
        #expect(cache.entry(writer.section, at: UInt64(second))?.returnAddress == 30)
        #expect(cache.entry(writer.section, at: UInt64(first))?.returnAddress == 16)
        #expect(cache.entry(writer.section, at: UInt64(first + 1)) == nil)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct CodeRangesTests {
    private func ranges(_ sections: [ELFWriter.Section]) throws -> CodeRanges {
        var writer = ELFWriter()
        writer.sections = sections
        return CodeRanges(
            try SectionHeaders(parsing: Array(writer.bytes().suffix(64 * (sections.count + 1))))
        )
    }

    @Test func holdsExecutableSectionsOnly() throws {
        let ranges = try ranges([
            .init(type: 1, flags: 6, address: 0x3000, statedBytes: 0x100),
            .init(type: 1, flags: 2, address: 0x2000, statedBytes: 0x100),
            .init(type: 1, flags: 6, address: 0x1000, statedBytes: 0x100),
        ])
        #expect(ranges.end(ofRangeHolding: 0xfff) == nil)
        #expect(ranges.end(ofRangeHolding: 0x1000) == 0x1100)
        #expect(ranges.end(ofRangeHolding: 0x10ff) == 0x1100)
        #expect(ranges.end(ofRangeHolding: 0x1100) == nil)
        #expect(ranges.end(ofRangeHolding: 0x2000) == nil)
        #expect(ranges.end(ofRangeHolding: 0x30ff) == 0x3100)
        #expect(ranges.end(ofRangeHolding: UInt64.max) == nil)
    }

    @Test func leavesOutWhatWrapsAround() throws {
        let ranges = try ranges([
            .init(type: 1, flags: 6, address: UInt64.max - 1, statedBytes: 0x100),
            .init(type: 1, flags: 6, address: 0x1000, statedBytes: 0),
        ])
        #expect(ranges.end(ofRangeHolding: UInt64.max - 1) == nil)
        #expect(ranges.end(ofRangeHolding: 0x1000) == nil)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindSectionsTests {
    private func writer() -> FrameWriter {
        var writer = FrameWriter()
        writer.addCommon()
        writer.addFunction(at: 0x1000, byteCount: 0x100)
        return writer
    }

    @Test func indexesWhatItIsGiven() {
        let writer = writer()
        var debug = FrameWriter(kind: .debugFrame)
        debug.addCommon()
        let sections = UnwindSections(ehFrame: writer.section, debugFrame: debug.section)
        #expect(sections.tables.map(\.section.kind) == [.ehFrame, .debugFrame])
        #expect(sections.tables.map(\.index.count) == [1, 0])
        #expect(sections.failures.isEmpty)
        #expect(!sections.isEmpty)
        #expect(UnwindSections(ehFrame: nil, debugFrame: debug.section).isEmpty)
        #expect(UnwindSections(ehFrame: nil).isEmpty)
    }

    @Test func usesTheHeaderIfItIsSound() {
        let writer = writer()
        let header = writer.header(of: [(0x1000, 24)])
        let address = ImageAddress(0x8_0000)
        let found = UnwindSections(ehFrame: writer.section, header: (header, address))
        #expect(found.tables[0].index.isFromHeader)
        let walked = UnwindSections(ehFrame: writer.section, header: ([9] + header, address))
        #expect(!walked.tables[0].index.isFromHeader)
        #expect(walked.tables[0].index.count == 1)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FrameSectionTests {
    @Test func countsFromItsAddress() {
        let section = FrameSection(kind: .ehFrame, address: ImageAddress(0x1000), bytes: [1, 2, 3])
        #expect(section.byteCount == 3)
        #expect(section.bases.section == 0x1000)
        #expect(section.bases.data == nil)
        #expect(section.reader.uint8(at: 2) == 3)
    }
}

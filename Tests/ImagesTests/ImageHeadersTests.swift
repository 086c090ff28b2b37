// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ImageHeadersTests {
    @Test func codeIsWhereSectionsSayOrElseSegments() throws {
        var writer = ELFWriter()
        writer.sections[0].statedBytes = 0x800
        func end() throws -> UInt64? {
            try ImageHeaders.read(from: ImageBytes(writer.bytes()), limits: .standard)
                .code.end(ofRangeHolding: 0x1000)
        }
        #expect(try end() == 0x1800)
        writer.sections = []
        #expect(try end() == 0x3000)
        writer.segments[0].flags = 4
        #expect(try end() == nil)
    }

    @Test func truncatedAtEveryByte() throws {
        var writer = ELFWriter()
        writer.add(buildID: [1, 2, 3, 4])
        writer.add(section: ".text", .init(type: 1, contents: [1]))
        let whole = writer.bytes()
        var images = 0
        for length in whole.indices {
            let part = ImageBytes(Array(whole[..<length]))
            if let headers = try? ImageHeaders.read(from: part, limits: .standard) {
                images += 1
                #expect(!headers.failures.isEmpty)
            }
        }
        #expect(images == whole.count - 120)
        let headers = try ImageHeaders.read(from: ImageBytes(whole), limits: .standard)
        #expect(headers.failures.isEmpty)
        #expect(headers.buildID?.bytes == [1, 2, 3, 4])
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct DebugLinkTests {
    private func section(_ name: String, checksum: UInt32 = 0x1234_5678) -> [UInt8] {
        var bytes = Array(name.utf8) + [0]
        while bytes.count % 4 != 0 { bytes.append(0) }
        return bytes + little(checksum)
    }

    @Test(arguments: ["a", "abc", "abcd", "libc.so.6.debug"])
    func readsTheNameAndTheChecksum(name: String) {
        let link = DebugLink(parsing: section(name))
        #expect(link?.name == name)
        #expect(link?.checksum == 0x1234_5678)
    }

    @Test(arguments: [
        "", ".", "..", "../a", "a/b", "/etc/passwd", String(repeating: "a", count: 256),
    ])
    func refusesNamesThatAreNoFileOfTheDirectory(name: String) {
        #expect(DebugLink(parsing: section(name)) == nil)
    }

    @Test func truncatedAtEveryByte() {
        let whole = section("libc.debug")
        for length in whole.indices {
            #expect(DebugLink(parsing: Array(whole[..<length])) == nil)
        }
    }

    @Test func sumsWholeFiles() throws {
        let directory = try TemporaryDirectory()
        let check = try directory.write(Array("123456789".utf8), to: "check")
        // The check value of CRC-32/ISO-HDLC.
        #expect(try DebugLink.checksum(of: ImageFile.open(check, expecting: nil)) == 0xcbf4_3926)
        let long = try directory.write([UInt8](repeating: 7, count: 3 << 20 | 5), to: "long")
        let sum = try lines(of: "gzip -c '\(long)' | tail -c8 | head -c4 | od -An -tx4").first
        #expect(
            try DebugLink.checksum(of: ImageFile.open(long, expecting: nil))
                == UInt32(sum?.dropFirst() ?? "", radix: 16)
        )
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("Gzip+decompress")
struct GzipDecompressTests {
    private let plain = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }

    @Test("gives back what was packed")
    func roundTrip() throws {
        for input in [[], [1], plain] {
            let packed = try #require(Gzip.compress(input))
            #expect(try Gzip.decompress(packed, limit: 1 << 20) == input)
        }
    }

    @Test("reads all members of a file")
    func members() throws {
        let packed = try #require(Gzip.compress([1, 2])) + (try #require(Gzip.compress([3])))
        #expect(try Gzip.decompress(packed, limit: 10) == [1, 2, 3])
    }

    @Test("refuses to unpack more than the limit")
    func limit() throws {
        let packed = try #require(Gzip.compress([UInt8](repeating: 0, count: 10 << 20)))
        #expect(packed.count < 100_000)
        #expect(throws: ProfileReadFailure.tooManyBytes) {
            try Gzip.decompress(packed, limit: 1 << 20)
        }
        #expect(try Gzip.decompress(packed, limit: 10 << 20).count == 10 << 20)
    }

    @Test("refuses whatever is cut short or is no gzip")
    func damaged() throws {
        let packed = try #require(Gzip.compress(Array(plain.prefix(300))))
        for count in packed.indices {
            #expect(throws: ProfileReadFailure.damagedGzip, "\(count)") {
                try Gzip.decompress(Array(packed.prefix(count)), limit: 1 << 20)
            }
        }
        var wrong = packed
        wrong[packed.count / 2] ^= 0xff
        #expect(throws: ProfileReadFailure.damagedGzip) {
            try Gzip.decompress(wrong, limit: 1 << 20)
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("Gzip")
struct GzipTests {
    @Test(
        "what it compresses reads back the same",
        arguments: [0, 1, 1000, 1_000_000],
        [Gzip.Effort.fast, .balanced]
    )
    func roundTrip(count: Int, effort: Gzip.Effort) throws {
        var state: UInt64 = 1
        let bytes = (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 40)
        }
        let compressed = try #require(Gzip.compress(bytes, effort: effort))
        #expect(compressed.starts(with: [0x1f, 0x8b, 8]))
        // Bytes 4 to 7 are the time; none, so that equal input gives equal output.
        #expect(Array(compressed[4..<8]) == [0, 0, 0, 0])
        #expect(try inflated(compressed) == bytes)
    }

    @Test("makes metrics much smaller")
    func smaller() throws {
        let line = Array("ptarmigan_group_cpu_seconds_total{group=\"nginx\"} 12.5\n".utf8)
        let bytes = Array(repeatElement(line, count: 1000).joined())
        #expect(try #require(Gzip.compress(bytes)).count * 10 < bytes.count)
    }
}

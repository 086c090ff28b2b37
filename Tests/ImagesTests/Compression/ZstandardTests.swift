// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ZstandardTests {
    @Test(arguments: [0, 1, 1000, 300_000])
    func unpacksExactlyWhatItIsToldOf(count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...3, using: &random) }
        #expect(try Zstandard.decompress(zstandard(bytes)[...], count: count) == bytes)
        #expect(throws: ImageFailure.malformedCompression) {
            try Zstandard.decompress(zstandard(bytes)[...], count: count + 1)
        }
    }

    @Test func refusesWhatIsNotItsFormat() {
        #expect(throws: ImageFailure.malformedCompression) {
            try Zstandard.decompress([1, 2, 3, 4], count: 4)
        }
        #expect(throws: ImageFailure.malformedCompression) {
            try Zstandard.decompress(zstandard([1, 2, 3])[...], count: 2)
        }
    }
}

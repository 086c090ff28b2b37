// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct XZTests {
    private func bytes(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(count))
        return (0..<count).map { _ in UInt8.random(in: 0...3, using: &random) }
    }

    private func failure(_ packed: [UInt8], limit: UInt64 = 1 << 20) -> ImageFailure? {
        do throws(ImageFailure) {
            _ = try XZ.decompress(packed, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [0, 1, 1000, 262_144, 300_000])
    func unpacksAllOfAStream(count: Int) throws {
        #expect(try XZ.decompress(xz(bytes(count)), limit: 1 << 20) == bytes(count))
        #expect(failure(xz(bytes(count)), limit: UInt64(count)) == nil)
    }

    @Test func boundsWhatComesOut() {
        #expect(failure(xz(bytes(1000)), limit: 999) == .decompressedTooLarge)
        // Two hundred bytes that stand for as many MiB.
        let zeros = xz([UInt8](repeating: 0, count: 8 << 20))
        #expect(zeros.count < 2000)
        #expect(failure(zeros, limit: UInt64.max) == .decompressedTooLarge)
    }

    @Test func boundsTheMemoryOfTheDecoder() {
        #expect(failure(xz(bytes(10), preset: 9)) == nil)
        // The size of the dictionary is in the header of the block: 4 GiB less a byte.
        var huge = xz(bytes(10))
        huge[16] = 40
        #expect(failure(huge) != nil)
    }

    @Test func truncatedAtEveryByte() {
        let whole = xz(bytes(500))
        for length in whole.indices {
            #expect(failure(Array(whole[..<length])) == .malformedCompression)
        }
    }

    @Test func changedAtRandom() {
        var random = SeededGenerator(seed: 0x787a)
        let whole = xz(bytes(500))
        for _ in 0..<3000 {
            var changed = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            let unpacked = try? XZ.decompress(changed, limit: 1 << 20)
            #expect((unpacked?.count ?? 0) <= 1 << 20)
        }
    }
}

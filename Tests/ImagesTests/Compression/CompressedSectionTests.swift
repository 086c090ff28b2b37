// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct CompressedSectionTests {
    private let contents =
        Array("some names\0of functions\0".utf8) + [UInt8](repeating: 7, count: 900)

    private func section(
        method: UInt32,
        _ packed: [UInt8],
        count: UInt64? = nil
    ) -> [UInt8] {
        little(method) + little(UInt32(0)) + little(count ?? UInt64(contents.count))
            + little(UInt64(8)) + packed
    }

    private func failure(_ section: [UInt8], limit: UInt64 = 1 << 20) -> ImageFailure? {
        do throws(ImageFailure) {
            _ = try CompressedSection.unpack(section, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test func unpacksBothMethods() throws {
        let old = section(method: 1, zlib(contents))
        #expect(try CompressedSection.unpack(old, limit: 1 << 20) == contents)
        let new = section(method: 2, zstandard(contents))
        #expect(try CompressedSection.unpack(new, limit: 1 << 20) == contents)
    }

    @Test func knowsNoOtherMethod() {
        #expect(failure(section(method: 0, [])) == .compressedSection)
        #expect(failure(section(method: 3, zlib(contents))) == .compressedSection)
    }

    @Test func boundsTheLengthBeforeItMakesRoom() {
        for method: UInt32 in [1, 2] {
            let huge = section(method: method, zlib(contents), count: UInt64.max)
            #expect(failure(huge) == .decompressedTooLarge)
            #expect(failure(huge, limit: UInt64.max) == .decompressedTooLarge)
            let whole = section(method: method, method == 1 ? zlib(contents) : zstandard(contents))
            #expect(failure(whole, limit: UInt64(contents.count)) == nil)
            #expect(failure(whole, limit: UInt64(contents.count - 1)) == .decompressedTooLarge)
        }
    }

    @Test func theLengthMustBeTheOneStated() {
        for (method, packed) in [(UInt32(1), zlib(contents)), (2, zstandard(contents))] {
            for count in [0, 1, contents.count - 1, contents.count + 1] {
                let wrong = section(method: method, packed, count: UInt64(count))
                #expect(failure(wrong) == .malformedCompression)
            }
        }
    }

    @Test func truncatedAtEveryByte() {
        for (method, packed) in [(UInt32(1), zlib(contents)), (2, zstandard(contents))] {
            let whole = section(method: method, packed)
            for length in whole.indices { #expect(failure(Array(whole[..<length])) != nil) }
        }
    }

    @Test func changedAtRandom() {
        var random = SeededGenerator(seed: 0x7061_636b)
        for (method, packed) in [(UInt32(1), zlib(contents)), (2, zstandard(contents))] {
            let whole = section(method: method, packed)
            for _ in 0..<3000 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
                let unpacked = try? CompressedSection.unpack(bytes, limit: 1 << 20)
                #expect((unpacked?.count ?? 0) <= 1 << 20)
            }
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("ProfileReader")
struct ProfileReaderTests {
    private func failure(_ bytes: [UInt8]) -> ProfileReadFailure? {
        do {
            _ = try ProfileReader.read(bytes, hints: ReadProfiles.hints)
            return nil
        } catch {
            return error
        }
    }

    private func failure(_ text: String) -> ProfileReadFailure? { failure(Array(text.utf8)) }

    @Test("tells each format by its content, packed or not")
    func detects() throws {
        let profile = SampleProfiles.busy
        let files = [
            FoldedFormat.encode(profile), SpeedscopeFormat.encode(profile),
            FlameGraphPage.encode(profile), try PprofFormat.encode(profile),
            try inflated(PprofFormat.encode(profile)),
        ]
        for file in files {
            let packed = try #require(Gzip.compress(file))
            // What is packed twice is not looked into.
            let isPacked = file.starts(with: Gzip.magic)
            for bytes in isPacked ? [file] : [file, packed] {
                let read = try ProfileReader.read(bytes, hints: ReadProfiles.hints)
                #expect(read.samples.count > 10)
            }
        }
    }

    @Test("says what a file is that has no profile to read")
    func refuses() throws {
        #expect(failure([]) == .empty)
        #expect(failure(" \n\n") == .empty)
        #expect(failure(try #require(Gzip.compress([]))) == .empty)
        #expect(failure(FlameGraphImage.encode(SampleProfiles.wall)) == .picture)
        #expect(failure(TextFormat.encode(SampleProfiles.wall)) == .picture)
        #expect(failure("<!DOCTYPE html><html><body>x</body></html>") == .foreignPage)
        #expect(failure("{\"a\":1}") == .noProfile)
        #expect(failure("hello\n") == .unknownFormat)
        #expect(failure([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]) == .unknownFormat)
        #expect(failure([0x0a, 4, 8, 1]) == .damagedMessage)
        #expect(failure([0x1f, 0x8b, 8]) == .damagedGzip)
        let side = ProfileComparison.Side(name: "x", profile: SampleProfiles.wall)
        let page = DiffPage.encode(ProfileComparison(base: side, new: side))
        #expect(failure(page) == .comparisonPage)
    }

    @Test("each reason is a part of a sentence")
    func reasons() {
        let all: [ProfileReadFailure] = [
            .empty, .tooManyBytes, .tooManyFrames, .unknownFormat, .picture, .foreignPage,
            .comparisonPage, .damagedGzip, .damagedMessage, .danglingReference, .damagedLine(3),
            .damagedJSON(4), .noTime(types: ["space in bytes"]), .negativeWeight, .noProfile,
            .eventedProfile,
        ]
        #expect(Set(all.map(\.description)).count == all.count)
        #expect(all.allSatisfy { $0.description.hasPrefix("it") })
        let hostile = String(repeating: "\u{1b}[31m", count: 1_000)
        let text = ProfileReadFailure.noTime(types: [hostile]).description
        #expect(text.count < 300 && !text.contains("\u{1b}"))
        #expect(ProfileReadFailure.tooManyBytes.description.contains("256 MiB"))
    }

    @Test("a mark of the byte order and spaces may come first")
    func leadingSpace() throws {
        let text: [UInt8] = [0xef, 0xbb, 0xbf, 0x0a] + SpeedscopeFormat.encode(SampleProfiles.wall)
        let read = try ProfileReader.read(text, hints: ReadProfiles.hints)
        #expect(read.kind == .wall)
    }
}

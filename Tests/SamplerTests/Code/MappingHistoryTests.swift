// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct MappingHistoryTests {
    private static let range: Range<UInt64> = 0x1000..<0x3000
    /// Two files at the same addresses, and one that nothing happens to.
    private static let alpha = fileCode(range)
    private static let beta = anonymousCode(range)
    private static let other = fileCode(0x8000..<0x9000)

    private var history = MappingHistory()
    private var batch: UInt64 = 0

    /// Reads for a batch of samples each, a tenth of a second apart.
    private mutating func read(
        _ mappings: ExecutableMapping...,
        seconds: Double? = nil
    ) -> [ExecutableMapping] {
        batch += 1
        let nanoseconds = seconds.map { UInt64($0 * 1e9) } ?? batch * 100_000_000
        return history.renew(
            mappings,
            batch: batch,
            now: MonotonicInstant(nanoseconds: nanoseconds)
        )
    }

    @Test mutating func tellsWhatStays() {
        for _ in 0..<5 {
            let told = read(Self.alpha, Self.other)
            #expect(told == [Self.alpha, Self.other])
        }
        #expect(!history.isContested(Self.alpha))
    }

    @Test mutating func tellsALibraryThatWentSinceTheReadingBefore() {
        _ = read(Self.alpha, Self.other)
        let first = read(Self.other)
        let second = read(Self.other)
        #expect(first == [Self.alpha, Self.other])
        #expect(second == [Self.other])
    }

    @Test mutating func tellsALibraryThatComesWhereNothingWas() {
        _ = read(Self.other)
        let told = read(Self.alpha, Self.other)
        #expect(told == [Self.alpha, Self.other])
    }

    @Test(arguments: [false, true])
    mutating func tellsNothingOfAPlaceThatHasJustChanged(hasGap: Bool) {
        _ = read(Self.alpha, Self.other)
        if hasGap { _ = read(Self.other) }
        let first = read(Self.beta, Self.other)
        let second = read(Self.beta, Self.other)
        let third = read(Self.beta, Self.other)
        #expect(first == [Self.other])
        #expect(second == [Self.other])
        #expect(third == [Self.beta, Self.other])
        #expect(!history.isContested(Self.beta))
    }

    @Test mutating func tellsNothingOfAPlaceThatGoesOnChanging() {
        _ = read(Self.alpha, Self.other)
        _ = read(Self.beta, Self.other)
        _ = read(Self.alpha, Self.other)
        for _ in 0..<20 {
            let told = read(Self.alpha, Self.other)
            #expect(told == [Self.other])
        }
        #expect(history.isContested(Self.alpha))
        #expect(history.isContested(Self.beta))
        #expect(!history.isContested(Self.other))
        let later = read(Self.alpha, Self.other, seconds: 30)
        #expect(later == [Self.alpha, Self.other])
    }

    @Test mutating func aLibraryThatComesBackIsNoChange() {
        for _ in 0..<5 {
            _ = read(Self.alpha)
            _ = read()
        }
        let told = read(Self.alpha)
        #expect(told == [Self.alpha])
        #expect(!history.isContested(Self.alpha))
    }

    @Test mutating func memoryThatGrowsOrIsSplitIsTheSame() {
        _ = read(anonymousCode(0x1000..<0x3000), fileCode(0x8000..<0x9000))
        let grown = [anonymousCode(0x1000..<0x5000), fileCode(0x8000..<0x8800)]
        let told = read(grown[0], grown[1])
        #expect(told == grown)
    }

    @Test mutating func remembersSoManyAndNoMore() {
        for place in 0..<1_000 as Range<UInt64> {
            let start = 0x10_0000 + place * 0x1000
            _ = read(fileCode(start..<start + 0x1000))
        }
        // The first one's place was forgotten, so nothing contradicts another there.
        let old = read(anonymousCode(0x10_0000..<0x10_1000))
        #expect(old.contains(anonymousCode(0x10_0000..<0x10_1000)))
    }
}

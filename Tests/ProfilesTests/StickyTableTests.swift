// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct StickyTableTests {
    private static let window: UInt64 = 10_000_000_000

    private func table(slots: Int, warmUp: UInt64 = 0) -> StickyTable<Int> {
        StickyTable(
            other: -1,
            permanent: [-2],
            limits: StickyLimits(slots: slots, warmUpNanoseconds: warmUp),
            weighting: .samples
        )
    }

    private func samples(_ table: StickyTable<Int>) -> [Int: UInt64] {
        Dictionary(uniqueKeysWithValues: table.series.map { ($0.key, $0.amount.samples) })
    }

    @Test func permanentSeriesAndOtherAreThereFromZero() {
        #expect(samples(table(slots: 3)) == [-2: 0, -1: 0])
    }

    @Test func amountsWaitForTheRankingAndAreThenCountedOnce() {
        var table = table(slots: 2)
        for (key, count) in [(1, 3), (2, 7), (3, 5)] as [(Int, UInt64)] {
            table.add(key, SeriesAmount(samples: count, seconds: Double(count)))
        }
        #expect(samples(table) == [-2: 0, -1: 0])
        #expect(table.waitingAmount == SeriesAmount(samples: 15, seconds: 15))
        table.rank(nowNanoseconds: 0)
        #expect(samples(table) == [-2: 0, 2: 7, 3: 5, -1: 3])
        #expect(table.waitingAmount.isZero)
        #expect(table.overflows == 1)
        table.add(2, SeriesAmount(samples: 1))
        #expect(samples(table)[2] == 8)
    }

    @Test func amountsWaitThroughTheWarmUp() {
        var table = table(slots: 1, warmUp: 3 * Self.window)
        for turn in 0..<3 {
            table.add(1, SeriesAmount(samples: 1))
            table.add(2, SeriesAmount(samples: 2))
            table.rank(nowNanoseconds: UInt64(turn) * Self.window)
            #expect(samples(table) == [-2: 0, -1: 0])
        }
        table.rank(nowNanoseconds: 3 * Self.window)
        #expect(samples(table) == [-2: 0, 2: 6, -1: 3])
    }

    @Test func returningSeriesBeginsAtZero() {
        var table = table(slots: 1)
        table.add(1, SeriesAmount(samples: 5))
        table.rank(nowNanoseconds: 0)
        table.rank(nowNanoseconds: 3_600_000_000_000)
        #expect(samples(table) == [-2: 0, -1: 0])
        table.add(1, SeriesAmount(samples: 2))
        table.rank(nowNanoseconds: 3_700_000_000_000)
        #expect(samples(table) == [-2: 0, 1: 2, -1: 0])
        #expect(table.series[1].sinceNanoseconds == 3_700_000_000_000)
    }

    @Test func otherAndPermanentKeysTakeNoSlot() {
        var table = table(slots: 1)
        table.add(-1, SeriesAmount(samples: 9))
        table.add(-2, SeriesAmount(samples: 8))
        table.add(1, SeriesAmount(samples: 1))
        table.rank(nowNanoseconds: 0)
        #expect(samples(table) == [-2: 8, 1: 1, -1: 9])
        #expect(table.overflows == 0)
    }

    @Test func secondsDecideWhereTheyAreToldTo() {
        var table = StickyTable(
            other: -1,
            limits: StickyLimits(slots: 1),
            weighting: .seconds
        )
        table.add(1, SeriesAmount(samples: 9, seconds: 1))
        table.add(2, SeriesAmount(samples: 1, seconds: 2))
        table.rank(nowNanoseconds: 0)
        #expect(table.series.map(\.key) == [2, -1])
    }

    @Test func whatWaitsIsBounded() {
        var table = table(slots: 2, warmUp: .max)
        for key in 0..<10_000 { table.add(key, SeriesAmount(samples: 1)) }
        #expect(table.waitingAmount.samples <= UInt64(StickyLimits(slots: 2).candidates))
        #expect(table.waitingAmount.samples + table.otherAmount.samples == 10_000)
        #expect(table.overflows == table.otherAmount.samples)
    }

    /// The samples of series that are gone; fails if one that lives has fallen.
    private func lost(
        from old: [StickyTable<Int>.Series],
        to new: [StickyTable<Int>.Series]
    ) throws -> UInt64 {
        let now = Dictionary(uniqueKeysWithValues: new.map { ($0.key, $0) })
        var lost: UInt64 = 0
        for series in old {
            if let same = now[series.key], same.sinceNanoseconds == series.sinceNanoseconds {
                try #require(same.amount.samples >= series.amount.samples)
            } else {
                lost += series.amount.samples
            }
        }
        return lost
    }

    /// Keys that rise and fall at random, over hours: nothing lost, nothing twice, nothing falls.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func countersAreHonestUnderRandomAdmission(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var table = table(slots: 4, warmUp: seed % 2 == 0 ? 6 * Self.window : 0)
        var added: UInt64 = 0
        var vanished: UInt64 = 0
        var now: UInt64 = 0
        for turn in 0..<3_000 {
            // The hot keys move on every 300 windows; the long gaps make slots idle.
            now += turn % 700 == 699 ? 4_000_000_000_000 : Self.window
            let opened = table.series
            for _ in 0..<Int.random(in: 0...30, using: &generator) {
                let isHot = Bool.random(using: &generator)
                let key = Int.random(in: 0..<(isHot ? 5 : 200), using: &generator)
                let count = UInt64.random(in: 1...9, using: &generator)
                table.add(isHot ? key + turn / 300 * 5 : key, SeriesAmount(samples: count))
                added += count
            }
            let filled = table.series
            let lostByAdding = try lost(from: opened, to: filled)
            try #require(lostByAdding == 0)
            table.rank(nowNanoseconds: now)
            vanished += try lost(from: filled, to: table.series)
            let visible = table.series.reduce(0) { $0 + $1.amount.samples }
            try #require(visible + table.waitingAmount.samples + vanished == added)
            try #require(table.series.count <= 4 + 2)
        }
        #expect(vanished > 0)
    }
}

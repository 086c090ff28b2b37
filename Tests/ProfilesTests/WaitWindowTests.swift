// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct WaitWindowTests {
    private enum Place: WindowKey {
        case kernel, unsampled, other, door, window
    }

    private let rate = SamplingRate(hertz: 100)

    @Test func dividesWhatRunAndExactWaitsLeave() {
        var waits = WaitWindow<Place>(keyLimit: 8)
        waits.addWatched(nanoseconds: 10_000_000_000, runAndQueueNanoseconds: 3_000_000_000)
        waits.addExact(nanoseconds: 5_000_000_000)
        waits.add(.door, rate: rate)
        waits.add(.window, rate: rate)
        let shares = waits.close().shares
        #expect(shares.map(\.seconds) == [1, 1])
        #expect(Set(shares.map(\.key)) == [.door, .window])
    }

    @Test func timeWithoutALookIsUnsampled() {
        var waits = WaitWindow<Place>(keyLimit: 8)
        waits.addWatched(nanoseconds: 2_000_000_000, runAndQueueNanoseconds: 500_000_000)
        let shares = waits.close().shares
        #expect(shares == [WindowShare(key: .unsampled, seconds: 1.5, samples: 0)])
    }

    @Test func aWindowThatIsAheadOwesTheNext() {
        var waits = WaitWindow<Place>(keyLimit: 8)
        waits.addWatched(nanoseconds: 1_000_000_000, runAndQueueNanoseconds: 1_004_000_000)
        #expect(waits.close().shares.isEmpty)
        waits.addWatched(nanoseconds: 1_000_000_000, runAndQueueNanoseconds: 0)
        waits.add(.door, rate: rate)
        #expect(waits.close().shares.map(\.seconds) == [0.996])
    }

    @Test func wildNumbersDoNotTrap() {
        var waits = WaitWindow<Place>(keyLimit: 8)
        waits.addWatched(nanoseconds: .max, runAndQueueNanoseconds: 0)
        waits.addWatched(nanoseconds: .max, runAndQueueNanoseconds: 0)
        waits.add(.door, rate: rate)
        #expect(waits.close().shares.first?.seconds == Double(Int64.max) / 1e9)
        for _ in 0..<3 { waits.addExact(nanoseconds: .max) }
        #expect(waits.close().shares.isEmpty)
    }
}

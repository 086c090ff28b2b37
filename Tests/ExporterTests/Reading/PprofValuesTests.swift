// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("PprofValues")
struct PprofValuesTests {
    /// A message with types, written as `name/unit`.
    private func message(
        _ types: [String],
        period: String = "/",
        preferred: String = ""
    )
        -> PprofProfile
    {
        var message = PprofProfile()
        message.stringTable = [""]
        func index(_ text: Substring) -> Int64 {
            message.stringTable.append(String(text))
            return Int64(message.stringTable.count - 1)
        }
        func type(_ text: String) -> PprofValueType {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            var type = PprofValueType()
            type.type = index(parts[0])
            type.unit = index(parts[1])
            return type
        }
        message.sampleType = types.map(type)
        message.periodType = type(period)
        message.period = 10
        message.defaultSampleType = index(preferred[...])
        return message
    }

    private func weight(_ message: PprofProfile, _ values: [Int64]) throws -> ProfileWeight {
        var sample = PprofSample()
        sample.value = values
        return try PprofValues(message).weight(of: sample)
    }

    @Test("takes the time and the count of Go's CPU profiles")
    func cpu() throws {
        let message = message(["samples/count", "cpu/nanoseconds"], period: "cpu/nanoseconds")
        let values = try PprofValues(message)
        #expect(values.kind == .cpu && values.periodNanoseconds == 10)
        #expect(try weight(message, [3, 30]) == ProfileWeight(samples: 3, nanoseconds: 30))
    }

    @Test("takes other times and units, as the file's own choice, else the last")
    func others() throws {
        let delay = message(["contentions/count", "delay/microseconds"])
        #expect(try PprofValues(delay).kind == .wall)
        #expect(try weight(delay, [2, 5]) == ProfileWeight(samples: 2, nanoseconds: 5_000))
        let several = ["a/seconds", "b/milliseconds", "c/bytes"]
        #expect(try weight(message(several), [1, 2, 3]).nanoseconds == 2_000_000)
        let chosen = message(several, preferred: "a")
        #expect(
            try weight(chosen, [1, 2, 3])
                == ProfileWeight(samples: 1, nanoseconds: 1_000_000_000)
        )
    }

    @Test("makes times of counts where the period is one")
    func counted() throws {
        let message = message(["samples/count"], period: "cpu/milliseconds")
        #expect(
            try weight(message, [4]) == ProfileWeight(samples: 4, nanoseconds: 40_000_000)
        )
        #expect(try PprofValues(message).kind == .cpu)
    }

    @Test("refuses what has no time, such as a profile of the heap, and says what it has")
    func heap() {
        let heap = message(["inuse_objects/count", "inuse_space/bytes"], period: "space/bytes")
        #expect(
            throws: ProfileReadFailure.noTime(
                types: ["inuse_objects in count", "inuse_space in bytes"]
            )
        ) { try PprofValues(heap) }
    }

    @Test("refuses samples with other numbers than there are types, or negative ones")
    func refuses() {
        let message = message(["samples/count", "cpu/nanoseconds"])
        #expect(throws: ProfileReadFailure.danglingReference) { try weight(message, [1]) }
        #expect(throws: ProfileReadFailure.negativeWeight) { try weight(message, [1, -1]) }
        #expect(throws: ProfileReadFailure.danglingReference) { try message.text(at: 99) }
        #expect(throws: ProfileReadFailure.danglingReference) { try message.text(at: -1) }
    }
}

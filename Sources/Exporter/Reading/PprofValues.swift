// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Which of a pprof sample's numbers are its time and its count.
struct PprofValues {
    /// Where the time is; nil where it is made of the count and the period.
    let time: Int?
    /// Where the count is; nil where each sample counts as one.
    let count: Int?
    /// How many nanoseconds one of `time`, or one of `count`, is.
    let nanoseconds: UInt64
    let kind: Profile.Kind
    let periodNanoseconds: UInt64
    private let typeCount: Int

    private struct ValueType {
        let name: String
        let unit: String
        /// How long one is; nil for what is no time.
        let nanoseconds: UInt64?

        init(_ type: PprofValueType, of message: PprofProfile) throws(ProfileReadFailure) {
            name = try message.text(at: type.type)
            unit = try message.text(at: type.unit)
            nanoseconds =
                switch unit {
                case "nanoseconds", "ns": 1
                case "microseconds", "us": 1_000
                case "milliseconds", "ms": 1_000_000
                case "seconds", "s": 1_000_000_000
                default: nil
                }
        }
    }

    /// - Throws: `.noTime` where nothing is a time, such as in a profile of the heap.
    init(_ message: PprofProfile) throws(ProfileReadFailure) {
        var types: [ValueType] = []
        for type in message.sampleType { types.append(try ValueType(type, of: message)) }
        let period = try ValueType(message.periodType, of: message)
        let preferred = try message.text(at: message.defaultSampleType)
        let periodScale = period.nanoseconds ?? 0
        periodNanoseconds = UInt64(clamping: message.period).multipliedSaturating(by: periodScale)
        typeCount = types.count
        count = types.firstIndex { $0.unit == "count" }
        let times = types.indices.filter { types[$0].nanoseconds != nil }
        time =
            times.first { types[$0].name == preferred }
            ?? times.first { types[$0].name == Profile.Kind.cpu.rawValue } ?? times.last
        let isCPU: Bool
        if let time {
            nanoseconds = types[time].nanoseconds ?? 1
            isCPU = types[time].name == Profile.Kind.cpu.rawValue
        } else if count != nil, periodNanoseconds > 0 {
            nanoseconds = periodNanoseconds
            isCPU = period.name == Profile.Kind.cpu.rawValue
        } else {
            throw .noTime(types: types.map { "\($0.name) in \($0.unit)" })
        }
        kind = isCPU ? .cpu : .wall
    }

    /// The count and the time of a sample.
    func weight(of sample: PprofSample) throws(ProfileReadFailure) -> ProfileWeight {
        guard sample.value.count == typeCount else { throw .danglingReference }
        guard sample.value.allSatisfy({ $0 >= 0 }) else { throw .negativeWeight }
        let samples = count.map { UInt64(sample.value[$0]) } ?? 1
        let amount = time.map { UInt64(sample.value[$0]) } ?? samples
        return ProfileWeight(
            samples: samples,
            nanoseconds: amount.multipliedSaturating(by: nanoseconds)
        )
    }
}

extension PprofProfile {
    /// A text of the table.
    func text(at index: Int64) throws(ProfileReadFailure) -> String {
        // The first is empty, and what is not set is 0.
        guard index != 0 else { return "" }
        guard let index = Int(exactly: index), stringTable.indices.contains(index) else {
            throw .danglingReference
        }
        return stringTable[index]
    }
}

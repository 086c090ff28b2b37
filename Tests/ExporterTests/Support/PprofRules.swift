// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Exporter

/// What the readers of pprof messages refuse: Go's pprof, Parca and Pyroscope together.
struct PprofRules {
    private let profile: PprofProfile
    private(set) var violations: [String] = []

    /// Looks for everything that a reader would refuse.
    static func violations(of profile: PprofProfile) -> [String] {
        var rules = PprofRules(profile: profile)
        rules.checkTypes()
        rules.checkIdentifiers()
        rules.checkMappings()
        rules.checkLocations()
        rules.checkSamples()
        return rules.violations
    }

    private init(profile: PprofProfile) { self.profile = profile }

    private mutating func expect(_ condition: Bool, _ rule: String) {
        if !condition, !violations.contains(rule) { violations.append(rule) }
    }

    private mutating func text(_ index: Int64) -> String {
        guard let index = Int(exactly: index), profile.stringTable.indices.contains(index) else {
            expect(false, "a text is in the table")
            return ""
        }
        return profile.stringTable[index]
    }

    private mutating func checkTypes() {
        expect(profile.stringTable.first == "", "the first text is empty")
        expect(
            Set(profile.stringTable).count == profile.stringTable.count,
            "each text is there once"
        )
        let types = profile.sampleType.map { [text($0.type), text($0.unit)] }
        let period = [text(profile.periodType.type), text(profile.periodType.unit)]
        expect(types == [["samples", "count"], period], "samples, then the type of the period")
        expect(["cpu", "wall"].contains(period[0]), "time on a CPU, or on the wall")
        expect(period[1] == "nanoseconds", "time is in nanoseconds")
        expect(text(profile.defaultSampleType) == period[0], "time is what is shown first")
        expect(profile.period > 0, "there is a period")
        expect(profile.timeNanos > 0, "there is a time")
        expect(profile.durationNanos >= 0, "the time does not run backwards")
    }

    private mutating func checkIdentifiers() {
        for ids in [
            profile.mapping.map(\.id), profile.location.map(\.id), profile.function.map(\.id),
        ] {
            expect(ids == ids.indices.map { UInt64($0 + 1) }, "identifiers count from 1")
        }
    }

    private mutating func checkMappings() {
        expect(
            profile.mapping.first.map { text($0.filename) } == "[ptarmigan]",
            "the first mapping is no program"
        )
        for mapping in profile.mapping {
            expect(mapping.memoryStart <= mapping.memoryLimit, "a mapping ends after it begins")
            expect(
                text(mapping.buildID).allSatisfy { "0123456789abcdef".contains($0) },
                "a build identifier is in hexadecimal"
            )
        }
        let named = profile.location.filter { !$0.line.isEmpty && $0.mappingID != 0 }
        for location in named where profile.mapping.indices.contains(Int(location.mappingID) - 1) {
            expect(
                profile.mapping[Int(location.mappingID) - 1].hasFunctions_p,
                "a mapping with names says so"
            )
        }
    }

    private mutating func checkLocations() {
        for location in profile.location {
            expect(location.mappingID <= UInt64(profile.mapping.count), "a mapping is there")
            let mapping = profile.mapping.first { $0.id == location.mappingID }
            let isInside = mapping.map {
                ($0.memoryStart..<max($0.memoryStart, $0.memoryLimit)).contains(location.address)
            }
            expect(location.address == 0 || isInside ?? true, "an address is in its mapping")
            for line in location.line {
                let isThere = (1...UInt64(max(1, profile.function.count)))
                    .contains(line.functionID)
                expect(isThere, "each line has a function")
            }
        }
        for function in profile.function {
            expect(!text(function.name).isEmpty, "a function has a name")
            _ = text(function.systemName)
            _ = text(function.filename)
        }
    }

    private mutating func checkSamples() {
        expect(profile.sample.count <= 16_000, "at most 16,000 samples")
        for sample in profile.sample {
            expect(sample.value.count == profile.sampleType.count, "a value for each type")
            expect(sample.value.allSatisfy { $0 >= 0 }, "no value is negative")
            expect(sample.value.contains { $0 > 0 }, "a value is not 0")
            expect(!sample.locationID.isEmpty, "a stack is not empty")
            expect(sample.locationID.count <= 1_000, "a stack has at most 1,000 locations")
            expect(
                sample.locationID.allSatisfy { $0 > 0 && $0 <= UInt64(profile.location.count) },
                "a location is there"
            )
            let keys = sample.label.map { text($0.key) }
            expect(keys == Set(keys).sorted(), "labels are sorted and each is there once")
            expect(
                sample.label.allSatisfy { ($0.str == 0) != ($0.num == 0) && $0.numUnit == 0 },
                "a label is a text or a number without a unit"
            )
            for (key, label) in zip(keys, sample.label) {
                // A text becomes a series, so what there are many of is a number.
                let isText = ["group", "system_call", "thread_name"].contains(key)
                let isNumber = ["pid", "tid"].contains(key)
                expect(
                    isText ? label.str != 0 : isNumber && label.num != 0,
                    "a label is known, and of its type"
                )
            }
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Makes a profile: gives each distinct part one index, and adds equal stacks up.
package struct ProfileBuilder: ~Copyable {
    package let kind: Profile.Kind
    package let startNanoseconds: UInt64
    package let periodNanoseconds: UInt64
    package let target: String
    package var durationNanoseconds: UInt64 = 0

    private var mappingSet = NumberedSet<ProfileMapping>()
    private var functionSet = NumberedSet<ProfileFunction>()
    private var locationSet = NumberedSet<ProfileLocation>()
    private var weights: [Stack: Weight] = [:]
    private var order: [Stack] = []

    private struct Stack: Hashable {
        let locations: [Int]
        let end: StackEnd
        let labels: ProfileSample.Labels
    }

    private struct Weight {
        var count: UInt64 = 0
        var nanoseconds: UInt64 = 0
    }

    /// - Parameters:
    ///   - startNanoseconds: since 1970 UTC.
    ///   - periodNanoseconds: the mean time between two samples of one thread.
    ///   - target: for a title.
    package init(
        kind: Profile.Kind,
        startNanoseconds: UInt64,
        periodNanoseconds: UInt64,
        target: String
    ) {
        self.kind = kind
        self.startNanoseconds = startNanoseconds
        self.periodNanoseconds = periodNanoseconds
        self.target = target
    }

    var mappings: [ProfileMapping] { mappingSet.elements }
    var functions: [ProfileFunction] { functionSet.elements }
    var locations: [ProfileLocation] { locationSet.elements }

    /// The index of a mapping, new or known.
    package mutating func index(of mapping: ProfileMapping) -> Int {
        mappingSet.insert(mapping).number
    }

    /// The index of a function, new or known.
    package mutating func index(of function: ProfileFunction) -> Int {
        functionSet.insert(function).number
    }

    /// The index of a location, new or known.
    ///
    /// Its mapping and functions must be this builder's; others are a programmer's error.
    package mutating func index(of location: ProfileLocation) -> Int {
        if let known = locationSet.number(of: location) { return known }
        precondition(
            location.mapping.map(mappings.indices.contains) ?? true
                && location.lines.allSatisfy { functions.indices.contains($0.function) },
            "a location refers to parts of its own profile"
        )
        return locationSet.insert(location).number
    }

    /// Adds weight to a stack of this builder's locations, the leaf first.
    package mutating func add(
        stack: [Int],
        count: UInt64,
        nanoseconds: UInt64,
        end: StackEnd,
        labels: ProfileSample.Labels = ProfileSample.Labels()
    ) {
        precondition(
            stack.allSatisfy { locations.indices.contains($0) },
            "a stack refers to locations of its own profile"
        )
        let key = Stack(locations: stack, end: end, labels: labels)
        if weights[key] == nil { order.append(key) }
        weights[key, default: Weight()].count &+= count
        weights[key, default: Weight()].nanoseconds &+= nanoseconds
    }

    /// The stacks in the order in which they were first seen.
    var samples: [ProfileSample] {
        order.map { stack in
            let weight = weights[stack] ?? Weight()
            return ProfileSample(
                stack: stack.locations,
                count: weight.count,
                nanoseconds: weight.nanoseconds,
                end: stack.end,
                labels: stack.labels
            )
        }
    }

    /// How many samples a time stands for, where their number is made of the time.
    package static func count(of nanoseconds: UInt64, periodNanoseconds period: UInt64) -> UInt64 {
        (nanoseconds + period / 2) / max(1, period)
    }

    /// The profile.
    package consuming func build() -> Profile { Profile(self) }
}

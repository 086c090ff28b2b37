// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Builds the message, so that its readers accept it.
///
/// Their rules: an identifier is the place in its array, from 1; each sample has as many values as
/// there are types; a mapping of which names are known says so, or the reader would look for the
/// file on its own machine; the first mapping is what a reader overrides by a program that it is
/// given, so here it is one that holds no code.
struct PprofMessage {
    private(set) var message = PprofProfile()
    private let profile: Profile
    private var strings = PprofStrings()
    private var functions: [ProfileFunction: UInt64] = [:]
    private var locations: [PprofSamples.Part: UInt64] = [:]
    private var mappings: [Int: UInt64] = [:]

    /// What the mapping of marks is called.
    static let marksPath = "[ptarmigan]"
    private static let marksID: UInt64 = 1

    init(_ profile: Profile, labels: Set<PprofFormat.Label>, limits: PprofFormat.Limits) {
        self.profile = profile
        addTypes()
        addMarksMapping()
        for row in PprofSamples(profile, labels: labels, limits: limits).rows {
            message.sample.append(sample(of: row.key, weight: row.weight))
        }
        message.stringTable = strings.texts
    }

    private mutating func type(_ name: String, _ unit: String) -> PprofValueType {
        var type = PprofValueType()
        type.type = strings.index(of: name)
        type.unit = strings.index(of: unit)
        return type
    }

    /// Always the same types of a kind: profiles with other types cannot be merged.
    private mutating func addTypes() {
        let time = type(profile.kind.rawValue, "nanoseconds")
        message.sampleType = [type("samples", "count"), time]
        message.periodType = time
        message.defaultSampleType = time.type
        message.period = Int64(clamping: profile.periodNanoseconds)
        message.timeNanos = Int64(clamping: profile.startNanoseconds)
        message.durationNanos = Int64(clamping: profile.durationNanoseconds)
        message.comment = [strings.index(of: profile.target)]
    }

    /// What marks such as `[other]` are in; it covers no address.
    private mutating func addMarksMapping() {
        var mapping = PprofMapping()
        mapping.id = Self.marksID
        mapping.filename = strings.index(of: Self.marksPath)
        mapping.hasFunctions_p = true
        message.mapping.append(mapping)
    }

    private mutating func sample(
        of key: PprofSamples.Key,
        weight: ProfileWeight
    ) -> PprofSample {
        var sample = PprofSample()
        sample.locationID = key.stack.map { id(of: $0) }
        sample.value = [Int64(clamping: weight.samples), Int64(clamping: weight.nanoseconds)]
        sample.label = labels(key.labels)
        return sample
    }

    /// Sorted by key, which readers expect.
    private mutating func labels(_ labels: ProfileSample.Labels) -> [PprofLabel] {
        var result: [PprofLabel] = []
        addText(labels.group, .group, to: &result)
        addNumber(labels.process?.rawValue, .process, to: &result)
        addText(labels.systemCall, .systemCall, to: &result)
        addText(labels.threadName, .threadName, to: &result)
        addNumber(labels.thread?.rawValue, .thread, to: &result)
        return result
    }

    private mutating func addText(
        _ text: String?,
        _ key: PprofFormat.Label,
        to labels: inout [PprofLabel]
    ) {
        guard let text else { return }
        var label = PprofLabel()
        label.key = strings.index(of: key.rawValue)
        label.str = strings.index(of: text)
        labels.append(label)
    }

    private mutating func addNumber(
        _ number: Int32?,
        _ key: PprofFormat.Label,
        to labels: inout [PprofLabel]
    ) {
        guard let number else { return }
        var label = PprofLabel()
        label.key = strings.index(of: key.rawValue)
        label.num = Int64(number)
        labels.append(label)
    }

    private mutating func id(of part: PprofSamples.Part) -> UInt64 {
        if let known = locations[part] { return known }
        var location: PprofLocation
        switch part {
        case .mark(let name): location = mark(name)
        case .location(let index): location = self.location(profile.locations[index])
        }
        location.id = UInt64(message.location.count + 1)
        message.location.append(location)
        locations[part] = location.id
        return location.id
    }

    private mutating func mark(_ name: String) -> PprofLocation {
        var location = PprofLocation()
        location.mappingID = Self.marksID
        location.line = [line(ProfileFunction(name: name, systemName: name), 0)]
        return location
    }

    private mutating func location(_ place: ProfileLocation) -> PprofLocation {
        var location = PprofLocation()
        location.address = place.address.rawValue
        location.line = place.lines.map { line(profile.functions[$0.function], $0.line) }
        if let index = place.mapping, profile.mappings[index].addresses.contains(place.address) {
            location.mappingID = mappingID(index)
            note(location.line, in: index)
        } else if location.line.isEmpty {
            // Without a mapping nobody can name it later.
            location.line = [line(ProfileFunction(name: "[unknown]", systemName: ""), 0)]
        }
        return location
    }

    private mutating func mappingID(_ index: Int) -> UInt64 {
        if let known = mappings[index] { return known }
        let source = profile.mappings[index]
        var mapping = PprofMapping()
        mapping.id = UInt64(message.mapping.count + 1)
        mapping.memoryStart = source.addresses.lowerBound.rawValue
        mapping.memoryLimit = source.addresses.upperBound.rawValue
        mapping.fileOffset = source.fileOffset
        mapping.filename = strings.index(of: source.path)
        mapping.buildID = strings.index(of: source.buildID)
        mapping.hasFunctions_p = source.hasFunctions
        message.mapping.append(mapping)
        mappings[index] = mapping.id
        return mapping.id
    }

    /// Says of a mapping what is known of its code.
    private mutating func note(_ lines: [PprofLine], in index: Int) {
        let place = Int(mappingID(index)) - 1
        // Some of the names may be from elsewhere than the file, such as a perf map.
        if !lines.isEmpty { message.mapping[place].hasFunctions_p = true }
        for line in lines {
            let function = message.function[Int(line.functionID) - 1]
            if function.filename != 0 { message.mapping[place].hasFilenames_p = true }
            if line.line != 0 { message.mapping[place].hasLineNumbers_p = true }
        }
        if lines.count > 1 { message.mapping[place].hasInlineFrames_p = true }
    }

    private mutating func line(_ function: ProfileFunction, _ number: UInt32) -> PprofLine {
        var line = PprofLine()
        line.functionID = functionID(function)
        line.line = Int64(number)
        return line
    }

    private mutating func functionID(_ source: ProfileFunction) -> UInt64 {
        if let known = functions[source] { return known }
        var function = PprofFunction()
        function.id = UInt64(message.function.count + 1)
        function.name = strings.index(of: source.name)
        function.systemName = strings.index(of: source.systemName)
        function.filename = strings.index(of: source.file)
        message.function.append(function)
        functions[source] = function.id
        return function.id
    }
}

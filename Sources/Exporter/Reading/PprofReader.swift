// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import SwiftProtobuf

/// Reads a pprof message: this program's, Go's, and any other that has a time in it.
struct PprofReader: ~Copyable {
    private let message: PprofProfile
    private let values: PprofValues
    private var builder: ProfileBuilder
    private var mappings: [UInt64: Int] = [:]
    private var functions: [UInt64: Function] = [:]
    private var locations: [UInt64: Place] = [:]
    private var marksID: UInt64?
    private var budget: FrameBudget

    /// A function as it is here.
    private struct Function {
        let index: Int
        let name: String
    }

    /// A location as it is here.
    private struct Place {
        let index: Int
        /// How many functions are there, by inlining.
        let frames: Int
        /// Set for a mark that stands for callers which were not found.
        let end: StackEnd?
    }

    static func read(
        _ bytes: [UInt8],
        _ hints: ProfileReader.Hints
    ) throws(ProfileReadFailure) -> Profile {
        let message: PprofProfile
        do {
            message = try PprofProfile(serializedBytes: bytes)
        } catch {
            // A message begins with the types of its samples.
            throw bytes.first == 0x0a ? .damagedMessage : .unknownFormat
        }
        // Bytes of another kind may be a message in which nothing is known.
        guard !message.sampleType.isEmpty, message.stringTable.first == "" else {
            throw .unknownFormat
        }
        var reader = PprofReader(
            message,
            try PprofValues(message),
            target: try target(of: message) ?? hints.target,
            byteCount: bytes.count
        )
        try reader.addParts()
        for sample in message.sample { try reader.add(sample) }
        return reader.finish()
    }

    /// This program's name for what was sampled; elsewhere a comment is about anything.
    private static func target(
        of message: PprofProfile
    ) throws(ProfileReadFailure) -> String? {
        let first = try message.text(at: message.mapping.first?.filename ?? 0)
        let comment = try message.text(at: message.comment.first ?? 0)
        return first == PprofMessage.marksPath && !comment.isEmpty ? comment : nil
    }

    private init(
        _ message: PprofProfile,
        _ values: PprofValues,
        target: String,
        byteCount: Int
    ) {
        self.message = message
        self.values = values
        budget = FrameBudget(byteCount: byteCount)
        builder = ProfileBuilder(
            kind: values.kind,
            startNanoseconds: UInt64(clamping: message.timeNanos),
            periodNanoseconds: values.periodNanoseconds,
            target: target
        )
        builder.durationNanoseconds = UInt64(clamping: message.durationNanos)
    }

    private consuming func finish() -> Profile {
        // Times are times, also where a file does not say how long it took; this program's says it,
        // unless it was made of a profile without times.
        if marksID == nil, builder.periodNanoseconds == 0, builder.durationNanoseconds == 0 {
            builder.durationNanoseconds = 1
        }
        return builder.build()
    }

    private mutating func addParts() throws(ProfileReadFailure) {
        for mapping in message.mapping { try add(mapping) }
        for function in message.function {
            guard function.id != 0, functions[function.id] == nil else {
                throw .danglingReference
            }
            let name = try message.text(at: function.name)
            let systemName = try message.text(at: function.systemName)
            let made = ProfileFunction(
                name: name.isEmpty ? systemName : name,
                systemName: systemName.isEmpty ? name : systemName,
                file: try message.text(at: function.filename)
            )
            functions[function.id] = Function(index: builder.index(of: made), name: made.name)
        }
        for location in message.location { try add(location) }
    }

    private mutating func add(_ mapping: PprofMapping) throws(ProfileReadFailure) {
        guard mapping.id != 0, mappings[mapping.id] == nil, mapping.id != marksID,
            mapping.memoryStart <= mapping.memoryLimit
        else { throw .danglingReference }
        let path = try message.text(at: mapping.filename)
        if path == PprofMessage.marksPath {
            marksID = mapping.id
            return
        }
        mappings[mapping.id] = builder.index(
            of: ProfileMapping(
                addresses: Address(mapping.memoryStart)..<Address(mapping.memoryLimit),
                fileOffset: mapping.fileOffset,
                path: path,
                buildID: try message.text(at: mapping.buildID),
                hasFunctions: mapping.hasFunctions_p
            )
        )
    }

    private mutating func add(_ location: PprofLocation) throws(ProfileReadFailure) {
        guard location.id != 0, locations[location.id] == nil else { throw .danglingReference }
        var mapping: Int?
        let isMark = location.mappingID == marksID
        if location.mappingID != 0, !isMark {
            guard let known = mappings[location.mappingID] else { throw .danglingReference }
            mapping = known
        }
        var lines: [ProfileLocation.Line] = []
        var end: StackEnd?
        for line in location.line where line.functionID != 0 {
            guard let function = functions[line.functionID] else { throw .danglingReference }
            if isMark { end = StackEnd(title: function.name) }
            lines.append(
                ProfileLocation.Line(function: function.index, line: UInt32(clamping: line.line))
            )
        }
        locations[location.id] = Place(
            index: builder.index(
                of: ProfileLocation(
                    mapping: mapping,
                    address: Address(location.address),
                    lines: lines
                )
            ),
            frames: max(1, lines.count),
            end: end
        )
    }

    private mutating func add(_ sample: PprofSample) throws(ProfileReadFailure) {
        let weight = try values.weight(of: sample)
        var stack: [Int] = []
        stack.reserveCapacity(sample.locationID.count)
        var end = StackEnd.complete
        for (depth, id) in sample.locationID.enumerated() {
            guard let place = locations[id] else { throw .danglingReference }
            try budget.spend(place.frames)
            if let mark = place.end, depth == sample.locationID.count - 1 {
                end = mark
            } else {
                stack.append(place.index)
            }
        }
        builder.add(
            stack: stack,
            count: weight.samples,
            nanoseconds: weight.nanoseconds,
            end: end,
            labels: try labels(of: sample)
        )
    }

    /// The labels that this program knows; samples that differ in others are added up.
    private func labels(
        of sample: PprofSample
    ) throws(ProfileReadFailure) -> ProfileSample.Labels {
        var labels = ProfileSample.Labels()
        for label in sample.label {
            switch PprofFormat.Label(rawValue: try message.text(at: label.key)) {
            case .group: labels.group = try message.text(at: label.str)
            case .systemCall: labels.systemCall = try message.text(at: label.str)
            case .threadName: labels.threadName = try message.text(at: label.str)
            case .process: labels.process = Int32(exactly: label.num).map { ProcessID($0) }
            case .thread: labels.thread = Int32(exactly: label.num).map { ThreadID($0) }
            case nil: break
            }
        }
        return labels
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Reads speedscope's JSON: all profiles of the type "sampled" with the unit of the one that is
/// shown first, since many programs write one for each thread.
///
/// The format counts no samples where its unit is a time: each of its stacks is taken for one.
struct SpeedscopeReader {
    /// One of the profiles of a file.
    private struct Part {
        var type = ""
        var name = ""
        var unit = ""
        var start = JSONNumber(integer: 0)
        var end = JSONNumber(integer: 0)
        /// The frames of all stacks, the root first.
        var frames: [UInt32] = []
        /// Where each stack ends in `frames`.
        var ends: [Int] = []
        var weights: [JSONNumber] = []
    }

    private var target = ""
    private var exporter = ""
    private var active = JSONNumber(integer: 0)
    private var frames: [NamedStackBuilder.Frame] = []
    private var parts: [Part] = []

    /// - Parameter begin: where the text begins in the bytes.
    static func read(
        _ bytes: [UInt8],
        from begin: Int,
        _ hints: ProfileReader.Hints
    ) throws(ProfileReadFailure) -> Profile {
        var file = Self()
        var reader = JSONReader(bytes, in: begin..<bytes.count)
        try file.readFile(&reader)
        try reader.finish()
        return try file.profile(hints, byteCount: bytes.count)
    }

    private mutating func readFile(_ reader: inout JSONReader) throws(ProfileReadFailure) {
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            switch key {
            case "name": target = try Self.optionalText(&reader)
            case "exporter": exporter = try Self.optionalText(&reader)
            case "activeProfileIndex": active = try Self.optionalNumber(&reader)
            case "shared": try readShared(&reader)
            case "profiles":
                try reader.readArray { (reader) throws(ProfileReadFailure) in
                    parts.append(try Self.readPart(&reader))
                }
            default: try reader.skip()
            }
        }
    }

    private mutating func readShared(_ reader: inout JSONReader) throws(ProfileReadFailure) {
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            guard key == "frames" else { return try reader.skip() }
            try reader.readArray { (reader) throws(ProfileReadFailure) in
                frames.append(try Self.readFrame(&reader))
            }
        }
    }

    /// A path is a source file; any other place stands for the object, as this program writes it.
    private static func readFrame(
        _ reader: inout JSONReader
    ) throws(ProfileReadFailure) -> NamedStackBuilder.Frame {
        var name = ""
        var place = ""
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            switch key {
            case "name": name = try reader.readString()
            case "file": place = try optionalText(&reader)
            default: try reader.skip()
            }
        }
        let isPath = place.contains("/")
        return NamedStackBuilder.Frame(
            function: name,
            object: isPath ? "" : place,
            file: isPath ? place : ""
        )
    }

    private static func readPart(
        _ reader: inout JSONReader
    ) throws(ProfileReadFailure) -> Part {
        var part = Part()
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            switch key {
            case "type": part.type = try reader.readString()
            case "name": part.name = try optionalText(&reader)
            case "unit": part.unit = try reader.readString()
            case "startValue": part.start = try optionalNumber(&reader)
            case "endValue": part.end = try optionalNumber(&reader)
            case "samples":
                try reader.readArray { (reader) throws(ProfileReadFailure) in
                    try readStack(&reader, into: &part)
                }
            case "weights":
                try reader.readArray { (reader) throws(ProfileReadFailure) in
                    part.weights.append(try reader.readNumber())
                }
            default: try reader.skip()
            }
        }
        return part
    }

    private static func readStack(
        _ reader: inout JSONReader,
        into part: inout Part
    ) throws(ProfileReadFailure) {
        try reader.readArray { (reader) throws(ProfileReadFailure) in
            guard let frame = try reader.readNumber().integer.flatMap(UInt32.init(exactly:)) else {
                throw .danglingReference
            }
            part.frames.append(frame)
        }
        part.ends.append(part.frames.count)
    }

    /// Members that may be null, or anything: they are not worth failing for.
    private static func optionalText(
        _ reader: inout JSONReader
    ) throws(ProfileReadFailure) -> String {
        if try reader.nextIs("\"") { return try reader.readString() }
        try reader.skip()
        return ""
    }

    private static func optionalNumber(
        _ reader: inout JSONReader
    ) throws(ProfileReadFailure) -> JSONNumber {
        if try reader.nextIsNumber() { return try reader.readNumber() }
        try reader.skip()
        return JSONNumber(integer: 0)
    }

    private func profile(
        _ hints: ProfileReader.Hints,
        byteCount: Int
    ) throws(ProfileReadFailure) -> Profile {
        guard !parts.isEmpty else { throw .noProfile }
        let first = active.integer.flatMap(Int.init(exactly:)) ?? 0
        let shown = parts.indices.contains(first) ? parts[first] : parts[0]
        guard let unit = Unit(rawValue: shown.unit) else { throw .noTime(types: [shown.unit]) }
        let chosen = parts.filter { $0.unit == shown.unit }
        guard chosen.allSatisfy({ $0.type == "sampled" }) else { throw .eventedProfile }

        let isWall = exporter == "ptarmigan" && shown.name.hasSuffix("(wall)")
        var builder = NamedStackBuilder(
            ProfileBuilder(
                kind: isWall ? .wall : .cpu,
                startNanoseconds: 0,
                periodNanoseconds: unit.nanoseconds == nil ? hints.periodNanoseconds : 0,
                target: target.isEmpty ? hints.target : target
            ),
            byteCount: byteCount
        )
        if let scale = unit.nanoseconds {
            // At least 1: the times are times, however short they were.
            let durations = chosen.map { part in
                JSONNumber(value: part.end.value - part.start.value).multiplied(by: scale) ?? 0
            }
            builder.durationNanoseconds = max(1, durations.max() ?? 1)
        }
        try add(chosen, unit, hints, to: &builder)
        return builder.build()
    }

    private func add(
        _ chosen: [Part],
        _ unit: Unit,
        _ hints: ProfileReader.Hints,
        to builder: inout NamedStackBuilder
    ) throws(ProfileReadFailure) {
        var indices: [Int] = []
        for frame in frames { indices.append(builder.index(of: frame)) }
        for part in chosen {
            guard part.ends.count == part.weights.count else { throw .danglingReference }
            var begin = 0
            for (end, weight) in zip(part.ends, part.weights) {
                var path: [Int] = []
                for frame in part.frames[begin..<end] {
                    guard Int(frame) < indices.count else { throw .danglingReference }
                    path.append(indices[Int(frame)])
                }
                begin = end
                guard let amount = weight.multiplied(by: unit.nanoseconds ?? 1) else {
                    throw .negativeWeight
                }
                let period = max(1, hints.periodNanoseconds)
                try builder.add(
                    path: path,
                    count: unit.nanoseconds == nil ? amount : 1,
                    nanoseconds: unit.nanoseconds == nil
                        ? amount.multipliedSaturating(by: period) : amount
                )
            }
        }
    }

    /// What weights count.
    private enum Unit: String {
        case none
        case nanoseconds
        case microseconds
        case milliseconds
        case seconds

        /// How long one is; nil for what is no time.
        var nanoseconds: UInt64? {
            switch self {
            case .none: nil
            case .nanoseconds: 1
            case .microseconds: 1_000
            case .milliseconds: 1_000_000
            case .seconds: 1_000_000_000
            }
        }
    }
}

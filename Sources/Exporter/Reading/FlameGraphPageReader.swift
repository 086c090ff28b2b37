// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Reads the profile that is in a flame graph page of this program.
///
/// The page has the merged tree and not the stacks' addresses, threads and lines; functions,
/// objects, callers and weights are whole.
struct FlameGraphPageReader {
    private static let beginning = "<script type=\"application/json\" id=\"profile\">"

    private var target = ""
    private var kind = Profile.Kind.cpu
    private var numbers: [String: UInt64] = [:]
    private var columns: [String: [UInt64]] = [:]
    private var names: [String] = []
    private var objects: [String] = []
    private var isComparison = false

    static func read(
        _ bytes: [UInt8],
        _ hints: ProfileReader.Hints
    ) throws(ProfileReadFailure) -> Profile {
        guard let begin = firstRange(of: Array(beginning.utf8), in: bytes)?.upperBound else {
            throw .foreignPage
        }
        // The data has no such character, so that nothing in it can end its element.
        let end = bytes[begin...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        var page = Self()
        var reader = JSONReader(bytes, in: begin..<end)
        try page.readData(&reader)
        try reader.finish()
        if page.isComparison { throw .comparisonPage }
        return try page.profile(hints, byteCount: bytes.count)
    }

    private static func firstRange(of text: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
        var from = 0
        while let start = bytes[from...].firstIndex(of: text[0]) {
            if bytes[start...].starts(with: text) { return start..<(start + text.count) }
            from = start + 1
        }
        return nil
    }

    private mutating func readData(_ reader: inout JSONReader) throws(ProfileReadFailure) {
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            switch key {
            case "target": target = try reader.readString()
            case "kind": kind = Profile.Kind(rawValue: try reader.readString()) ?? .cpu
            case "start", "duration", "period":
                numbers[key] = try Self.readInteger(&reader)
            case "nodes": try readNodes(&reader)
            case "names": names = try Self.readTexts(&reader)
            case "objects": objects = try Self.readTexts(&reader)
            case "comparison":
                isComparison = true
                try reader.skip()
            default: try reader.skip()
            }
        }
    }

    private mutating func readNodes(_ reader: inout JSONReader) throws(ProfileReadFailure) {
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            var column: [UInt64] = []
            try reader.readArray { (reader) throws(ProfileReadFailure) in
                column.append(try Self.readInteger(&reader))
            }
            columns[key] = column
        }
    }

    private static func readInteger(
        _ reader: inout JSONReader
    ) throws(ProfileReadFailure) -> UInt64 {
        guard let integer = try reader.readNumber().integer else { throw .danglingReference }
        return integer
    }

    private static func readTexts(
        _ reader: inout JSONReader
    ) throws(ProfileReadFailure) -> [String] {
        var texts: [String] = []
        try reader.readArray { (reader) throws(ProfileReadFailure) in
            texts.append(try reader.readString())
        }
        return texts
    }

    private func profile(
        _ hints: ProfileReader.Hints,
        byteCount: Int
    ) throws(ProfileReadFailure) -> Profile {
        var builder = NamedStackBuilder(
            ProfileBuilder(
                kind: kind,
                startNanoseconds: (numbers["start"] ?? 0).multipliedSaturating(by: 1_000_000),
                periodNanoseconds: numbers["period"] ?? 0,
                target: target.isEmpty ? hints.target : target
            ),
            byteCount: byteCount
        )
        builder.durationNanoseconds = numbers["duration"] ?? 0
        let keys = ["depth", "flags", "name", "object", "samples", "nanoseconds"]
        let nodes = keys.map { columns[$0] ?? [] }
        let count = nodes[0].count
        guard nodes.allSatisfy({ $0.count == count }) else { throw .danglingReference }
        // The frames from the root to the node, itself included; the root stands for none.
        var path: [Int] = []
        for node in 0..<count {
            let depth = nodes[0][node]
            guard depth > 0 ? depth <= path.count + 1 : node == 0 else {
                throw .danglingReference
            }
            if depth > 0 {
                path.removeLast(path.count + 1 - Int(depth))
                path.append(builder.index(of: try frame(nodes.map { $0[node] })))
            }
            let (samples, nanoseconds) = (nodes[4][node], nodes[5][node])
            guard depth > 0, samples > 0 || nanoseconds > 0 else { continue }
            try builder.add(path: path, count: samples, nanoseconds: nanoseconds)
        }
        return builder.build()
    }

    private func frame(
        _ values: [UInt64]
    ) throws(ProfileReadFailure) -> NamedStackBuilder.Frame {
        guard let name = Int(exactly: values[2]), names.indices.contains(name),
            let object = Int(exactly: values[3]), objects.indices.contains(object)
        else { throw .danglingReference }
        return NamedStackBuilder.Frame(
            function: names[name],
            object: objects[object],
            isInlined: values[1] & 4 != 0
        )
    }
}

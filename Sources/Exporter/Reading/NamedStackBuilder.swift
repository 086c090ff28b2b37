// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Makes a profile of stacks that are names alone.
///
/// Locations get addresses of their own, in a mapping for each object, so that formats which need
/// some have some.
struct NamedStackBuilder: ~Copyable {
    struct Frame: Hashable {
        let function: String
        /// Empty where it is not known.
        var object = ""
        /// The source file; empty where it is not known.
        var file = ""
        /// Whether it is a part of its caller's code.
        var isInlined = false
    }

    private var builder: ProfileBuilder
    private var frames: [Frame] = []
    /// Of a frame that stands for callers which were not found, why.
    private var ends: [StackEnd?] = []
    private var indices: [Frame: Int] = [:]
    /// By the frames at a location, the outermost first.
    private var locations: [[Int]: Int] = [:]
    private var mappings: [String: Int] = [:]
    private var budget: FrameBudget

    /// An address that no other object has.
    private static let objectBytes: UInt64 = 1 << 32
    private static let objectLimit = 1 << 20

    /// - Parameter byteCount: the size of the file that the stacks come from.
    init(_ builder: consuming ProfileBuilder, byteCount: Int) {
        self.builder = builder
        budget = FrameBudget(byteCount: byteCount)
    }

    var durationNanoseconds: UInt64 {
        get { builder.durationNanoseconds }
        set { builder.durationNanoseconds = newValue }
    }

    /// The index of a frame, new or known.
    mutating func index(of frame: Frame) -> Int {
        if let known = indices[frame] { return known }
        frames.append(frame)
        ends.append(frame.object.isEmpty ? StackEnd(title: frame.function) : nil)
        indices[frame] = frames.count - 1
        return frames.count - 1
    }

    /// Adds weight to a stack of this builder's frames, the root first.
    ///
    /// - Throws: `.tooManyFrames`.
    mutating func add(
        path: some Collection<Int>,
        count: UInt64,
        nanoseconds: UInt64
    ) throws(ProfileReadFailure) {
        try budget.spend(path.count)
        let end = path.first.flatMap { ends[$0] }
        var stack: [Int] = []
        var here: [Int] = []
        for frame in path.dropFirst(end == nil ? 0 : 1) {
            if !frames[frame].isInlined, !here.isEmpty {
                stack.append(location(of: here))
                here = []
            }
            here.append(frame)
        }
        if !here.isEmpty { stack.append(location(of: here)) }
        stack.reverse()
        builder.add(stack: stack, count: count, nanoseconds: nanoseconds, end: end ?? .complete)
    }

    private mutating func location(of group: [Int]) -> Int {
        if let known = locations[group] { return known }
        let object = frames[group[0]].object
        let mapping = object.isEmpty ? nil : self.mapping(of: object)
        let base = mapping.map { UInt64($0 + 1) * Self.objectBytes } ?? 0
        let lines = group.reversed().map { frame in
            let name = frames[frame].function
            let function = ProfileFunction(
                name: name,
                systemName: name,
                file: frames[frame].file
            )
            return ProfileLocation.Line(function: builder.index(of: function), line: 0)
        }
        let offset = UInt64(locations.count) % Self.objectBytes
        let index = builder.index(
            of: ProfileLocation(mapping: mapping, address: Address(base + offset), lines: lines)
        )
        locations[group] = index
        return index
    }

    private mutating func mapping(of object: String) -> Int? {
        if let known = mappings[object] { return known }
        guard mappings.count < Self.objectLimit else { return nil }
        let base = UInt64(mappings.count + 1) * Self.objectBytes
        let index = builder.index(
            of: ProfileMapping(
                addresses: Address(base)..<Address(base + Self.objectBytes),
                fileOffset: 0,
                path: object,
                buildID: "",
                hasFunctions: true
            )
        )
        mappings[object] = index
        return index
    }

    consuming func build() -> Profile { builder.build() }
}

extension UInt64 {
    /// The product, or the largest number there is.
    func multipliedSaturating(by other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The functions of a profile, each one once by its name and object, and the stacks as rows of it.
///
/// What adds functions up uses this, so that all formats mean the same by "one function".
package struct FrameTable: Sendable {
    /// A function and where it is from.
    package struct Row: Hashable, Sendable {
        /// As in `FrameName`.
        package let function: String
        /// As in `FrameName`.
        package let object: String

        package init(function: String, object: String) {
            self.function = function
            self.object = object
        }
    }

    /// A frame of a stack.
    package struct Frame: Hashable, Sendable {
        /// An index of `rows`.
        package let row: Int
        package let isInlined: Bool
    }

    package private(set) var rows: [Row] = []
    /// The source file of each row, the first that was found; empty where none is known.
    package private(set) var files: [String] = []
    /// For each location of the profile its frames, the outermost first.
    private var frames: [[Frame]] = []
    private var unknown: Frame
    private var indices: [Row: Int] = [:]

    package init(_ profile: Profile) {
        unknown = Frame(row: 0, isInlined: false)
        frames.reserveCapacity(profile.locations.count)
        for location in profile.locations {
            frames.append(profile.frames(at: location).reversed().map { add($0) })
        }
        guard profile.samples.contains(where: \.stack.isEmpty) else { return }
        unknown = add(
            FrameName(function: "[unknown]", object: "", file: "", line: 0, isInlined: false)
        )
    }

    private mutating func add(_ name: FrameName) -> Frame {
        let row = Row(function: name.function, object: name.object)
        let index = indices[row] ?? rows.count
        if index == rows.count {
            indices[row] = index
            rows.append(row)
            files.append(name.file)
        } else if files[index].isEmpty {
            files[index] = name.file
        }
        return Frame(row: index, isInlined: name.isInlined)
    }

    /// The frames of a stack of the profile, the root first and at least one.
    package func path(of sample: ProfileSample) -> [Frame] {
        guard !sample.stack.isEmpty else { return [unknown] }
        return sample.stack.reversed().flatMap { frames[$0] }
    }
}

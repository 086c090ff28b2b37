// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The source lines of a profile: what to ask for them, and the profile with what was answered.
package struct LineTable {
    /// A build of a file, which may be mapped many times.
    private struct Build: Hashable {
        let path: String
        let buildID: String
    }

    /// Each file of the profile that lines can be asked of, and those without a build id.
    package private(set) var questions: [LineQuestion] = []
    private var indices: [Build: Int] = [:]
    private var frames: [[UInt64: [SourceFrame]]] = []

    /// The most files and places that are asked of, and roots that a file is looked for below.
    private static let fileLimit = 1_024
    private static let placeLimit = 200_000
    private static let rootLimit = 8

    /// - Parameter processRoot: the directory that a process has as its root directory.
    package init(_ profile: Profile, processRoot: (ProcessID) -> String) {
        var places = 0
        var known: Set<Int> = []
        for sample in profile.samples {
            for index in sample.stack {
                guard let (build, offset) = Self.place(profile.locations[index], in: profile),
                    let question = question(of: build)
                else { continue }
                if let process = sample.labels.process {
                    addRoot(processRoot(process), to: question)
                }
                guard places < Self.placeLimit, known.insert(index).inserted else { continue }
                places += 1
                questions[question].offsets.append(offset)
            }
        }
        for index in questions.indices { questions[index].roots.append("/") }
        frames = Array(repeating: [:], count: questions.count)
    }

    private mutating func question(of build: Build) -> Int? {
        if let known = indices[build] { return known }
        guard questions.count < Self.fileLimit else { return nil }
        questions.append(
            LineQuestion(path: build.path, buildID: build.buildID, roots: [], offsets: [])
        )
        indices[build] = questions.count - 1
        return questions.count - 1
    }

    private mutating func addRoot(_ root: String, to question: Int) {
        let roots = questions[question].roots
        guard roots.count < Self.rootLimit, !roots.contains(root) else { return }
        questions[question].roots.append(root)
    }

    /// The file that a location is in, and the byte of it; nil for memory that is of no file.
    private static func place(
        _ location: ProfileLocation,
        in profile: Profile
    ) -> (Build, offset: UInt64)? {
        guard let mapping = location.mapping.map({ profile.mappings[$0] }),
            mapping.path.hasPrefix("/"), let offset = mapping.fileOffset(of: location.address)
        else { return nil }
        return (Build(path: mapping.path, buildID: mapping.buildID), offset)
    }

    /// Takes in what was answered.
    package mutating func add(_ places: [LineAnswer.Place], to question: Int) {
        guard frames.indices.contains(question) else { return }
        for place in places { frames[question][place.offset] = place.frames }
    }

    /// The profile with its lines.
    ///
    /// A function that has code of its own keeps the name that its symbol gave it, so that it is
    /// one and the same whether its file has lines or not.
    ///
    /// - Parameter inlines: whether inlined functions become frames of their own.
    package func fill(_ profile: Profile, inlines: Bool) -> Profile {
        var builder = ProfileBuilder(
            kind: profile.kind,
            startNanoseconds: profile.startNanoseconds,
            periodNanoseconds: profile.periodNanoseconds,
            target: profile.target
        )
        builder.durationNanoseconds = profile.durationNanoseconds
        let locations = profile.locations.map { location in
            let mapping = location.mapping.map { builder.index(of: profile.mappings[$0]) }
            let functions = functions(at: location, in: profile)
            let lines = (inlines ? functions : functions.suffix(1)).map {
                ProfileLocation.Line(function: builder.index(of: $0.function), line: $0.line)
            }
            return builder.index(
                of: ProfileLocation(mapping: mapping, address: location.address, lines: lines)
            )
        }
        for sample in profile.samples {
            builder.add(
                stack: sample.stack.map { locations[$0] },
                count: sample.count,
                nanoseconds: sample.nanoseconds,
                end: sample.end,
                labels: sample.labels
            )
        }
        return builder.build()
    }

    private func functions(
        at location: ProfileLocation,
        in profile: Profile
    ) -> ArraySlice<(function: ProfileFunction, line: UInt32)> {
        let known = location.lines.map { (function: profile.functions[$0.function], line: $0.line) }
        guard known.count <= 1, let (build, offset) = Self.place(location, in: profile),
            let question = indices[build], let found = frames[question][offset]
        else { return known[...] }
        var functions: [(function: ProfileFunction, line: UInt32)] = []
        for (depth, frame) in found.enumerated() {
            var (name, systemName) = (frame.name, frame.systemName)
            if depth == found.count - 1, let symbol = known.first?.function {
                (name, systemName) = (symbol.name, symbol.systemName)
            }
            guard !name.isEmpty else { continue }
            let function = ProfileFunction(name: name, systemName: systemName, file: frame.file)
            functions.append((function, frame.line))
        }
        return functions.isEmpty ? known[...] : functions[...]
    }
}

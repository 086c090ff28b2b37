// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Profiles

/// What a profile can be written as.
enum ProfileFormat: String, CaseIterable, ExpressibleByArgument {
    /// One page with a flame graph that can be zoomed and searched.
    case html
    /// A picture of a flame graph.
    case svg
    /// A line for each stack, as flame-graph tools read it.
    case folded
    /// The message of `go tool pprof`, compressed.
    case pprof
    /// The JSON of the viewer of that name.
    case speedscope
    /// A table of functions.
    case text

    /// The format that the ending of a file's name stands for.
    init?(path: String) {
        let endings: [(String, ProfileFormat)] = [
            (".html", .html), (".htm", .html), (".svg", .svg), (".folded", .folded),
            (".pb.gz", .pprof), (".pprof", .pprof), (".json", .speedscope), (".txt", .text),
        ]
        guard let format = endings.first(where: { path.hasSuffix($0.0) })?.1 else { return nil }
        self = format
    }

    /// The ending of a file that gets no name.
    var ending: String {
        switch self {
        case .html: "html"
        case .svg: "svg"
        case .folded: "folded"
        case .pprof: "pb.gz"
        case .speedscope: "json"
        case .text: "txt"
        }
    }

    /// The bytes of a profile in this format.
    ///
    /// - Parameter maximumRows: most functions of a text table; nil for its usual number.
    /// - Throws: `PprofFormat.Failure`.
    func encode(_ profile: Profile, maximumRows: Int? = nil) throws -> [UInt8] {
        switch self {
        case .html: FlameGraphPage.encode(profile)
        case .svg: FlameGraphImage.encode(profile)
        case .folded: FoldedFormat.encode(profile)
        case .pprof: try PprofFormat.encode(profile, labels: [.threadName, .process, .thread])
        case .speedscope: SpeedscopeFormat.encode(profile)
        case .text: TextFormat.encode(profile, maximumRows: maximumRows ?? 1000)
        }
    }
}

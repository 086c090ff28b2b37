// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The file that tells of the source of a program or library, and how the latter is mapped.
package struct DebugSource: ~Copyable {
    /// The segments of the program or library itself.
    package let segments: ProgramHeaders
    private let file: ImageFile

    /// Finds the source of what was mapped: the program's own debug information, or that of its
    /// debug file.
    ///
    /// - Parameters:
    ///   - path: the program or library, as processes with these roots write it.
    ///   - roots: directories that are looked in as root directories, in this order.
    ///   - buildID: of what was mapped; any other build is `replaced`.
    /// - Returns: nil where the program is found and has no debug information.
    /// - Throws: why the program was found below none of the roots.
    @available(*, noasync, message: "opens and reads files, which can block")
    package static func find(
        path: String,
        roots: [String],
        buildID: BuildID,
        limits: ImageLimits = .standard
    ) throws(ImageFailure) -> DebugSource? {
        var failure = ImageFailure.absent
        for (index, root) in roots.enumerated() {
            do throws(ImageFailure) {
                let file = try ImageFile.open(path, below: root, limits: limits)
                let headers = try ImageHeaders.read(from: file, limits: limits)
                guard headers.buildID == buildID else { throw .replaced }
                if hasDebugInformation(headers) {
                    return DebugSource(segments: headers.segments, file: file)
                }
                let search = DebugFileSearch(roots: Array(roots[index...]), imagePath: path)
                guard let debugFile = search.debugFile(for: file, headers, limits: limits)
                else { return nil }
                return DebugSource(segments: headers.segments, file: debugFile)
            } catch {
                if failure == .absent { failure = error }
            }
        }
        throw failure
    }

    /// Hands the descriptor of the file with the debug information to a library that reads it.
    package borrowing func withDescriptor<Result>(_ body: (Int32) -> Result) -> Result {
        file.withDescriptor(body)
    }

    static func hasDebugInformation(_ headers: ImageHeaders) -> Bool {
        [".debug_info", ".zdebug_info"].contains { name in
            // SHT_NOBITS: a section whose contents were taken away.
            headers.names.section(named: name).map { $0.type != 8 } ?? false
        }
    }
}

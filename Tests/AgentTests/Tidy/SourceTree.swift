// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One Swift file of this repository.
struct SourceFile: Sendable, CustomStringConvertible {
    /// Relative to the root of the repository, such as `Sources/Profiles/Identifiers.swift`.
    let path: String
    let text: String

    var description: String { path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var name: String { String(path.split(separator: "/").last?.dropLast(6) ?? "") }

    /// The target that the file belongs to, of those under `Sources` and `Tests`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// The modules it imports, in order; `import struct Foo.Bar` counts as `Foo`.
    var imports: [String] {
        SourceText.code(of: text).split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ")
            guard let keyword = words.firstIndex(of: "import") else { return nil }
            let modifiers = ["package", "public", "internal", "private", "fileprivate"]
            guard
                words[..<keyword].allSatisfy({ modifiers.contains(String($0)) || $0.first == "@" })
            else { return nil }
            words.removeSubrange(...keyword)
            let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            if let kind = words.first, kinds.contains(String(kind)) { words.removeFirst() }
            return words.first?.split(separator: ".").first.map(String.init)
        }
    }
}

/// The Swift files of the repository that these tests were built from.
enum SourceTree {
    /// Ends with a slash.
    static let root = String(#filePath.dropLast("Tests/AgentTests/Tidy/SourceTree.swift".count))

    static let sources = files(under: "Sources")
    static let tests = files(under: "Tests")
    static let all = sources + tests + [file(at: "Package.swift")]

    /// The text of another file, or `nil` where it cannot be read.
    static func text(of path: String) -> String? {
        try? String(contentsOfFile: root + path, encoding: .utf8)
    }

    private static func files(under directory: String) -> [SourceFile] {
        FileManager.default.enumerator(atPath: root + directory)?
            .compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .map { file(at: directory + "/" + $0) } ?? []
    }

    /// A file that cannot be read is an empty one, which has no licence header and so fails.
    private static func file(at path: String) -> SourceFile {
        SourceFile(path: path, text: text(of: path) ?? "")
    }
}

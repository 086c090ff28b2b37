// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// What every Swift file of this repository keeps to, so that no review has to look for it.
@Suite
struct TidyTests {
    /// What a module may import of this package, as docs/ARCHITECTURE.md draws it.
    static let arrows: [String: Set<String>] = [
        "Profiles": [],
        "Images": ["CDemangle", "CLzma", "CZlib", "CZstd", "Profiles"],
        "DebugInformation": ["CDebugInformation", "Images", "Profiles"],
        "Sampler": ["CPtrace", "Images", "Profiles"],
        "Exporter": ["CCrypt", "CZlib", "Profiles"],
        "Agent": [
            "CPtrace", "CSystemd", "CYaml", "DebugInformation", "Exporter", "Images", "Profiles",
            "Sampler",
        ],
    ]

    /// Files that a program writes: their length, and their tests, are those of their sources.
    static let generated: Set<String> = [
        "Sources/Exporter/Formats/FlameGraph/FlameGraphTemplate.swift",
        "Sources/Exporter/Formats/Pprof/profile.pb.swift",
    ]

    /// Files with functions that have no test file of their own: tested through others, or owed
    /// one.
    ///
    /// The list may only shrink: a new file without tests fails, and so does one that has got them.
    static let untested: Set<String> = {
        let text = SourceTree.text(of: "Tests/AgentTests/Tidy/untested.txt") ?? ""
        return Set(text.split(separator: "\n").map(String.init))
    }()

    @Test("The tree is found")
    func tree() {
        #expect(SourceTree.sources.count > 3)
        #expect(SourceTree.tests.contains { $0.path == "Tests/AgentTests/Tidy/TidyTests.swift" })
    }

    @Test("Each file begins with the licence", arguments: SourceTree.sources + SourceTree.tests)
    func licence(file: SourceFile) {
        #expect(
            file.lines.prefix(2) == [
                "// Copyright 2026 The Ptarmigan Authors", "// SPDX-License-Identifier: Apache-2.0",
            ]
        )
    }

    @Test(
        "Files, functions and lines are short",
        arguments: SourceTree.all.filter { !generated.contains($0.path) }
    )
    func lengths(file: SourceFile) {
        #expect(file.lines.count <= 401, "a file has at most 400 lines and a line break")
        for function in SourceText.functions(in: file.text) {
            #expect(function.length <= 70, "\(file):\(function.line): split this function")
        }
        // A link cannot be broken.
        for (index, line) in file.lines.enumerated() where !line.contains("https://") {
            #expect(line.count <= 100, "\(file):\(index + 1): break this line")
        }
    }

    @Test("Nothing is left open, forced or trapped", arguments: SourceTree.sources)
    func forbidden(file: SourceFile) {
        // The last two are allowed under a comment that says why nothing else would do.
        for word in ["as!", "try!", "fatalError(", "@unchecked Sendable"] {
            for line in lines(of: file, codeWith: word) {
                let excusable = word == "fatalError(" || word == "@unchecked Sendable"
                let because = excusable && isCommented(file, line: line)
                #expect(because, "\(file):\(line): \(word)")
            }
        }
    }

    @Test("Nothing is put off", arguments: SourceTree.all)
    func marks(file: SourceFile) {
        // Spelled in halves, or this file would find itself.
        for mark in ["TO" + "DO", "FIX" + "ME", "XX" + "X:"] {
            #expect(!file.text.contains(mark), "\(file) says \(mark)")
        }
    }

    @Test("No file names the machine it was written on", arguments: SourceTree.all)
    func machinePaths(file: SourceFile) {
        #expect(!file.text.contains(SourceTree.root))
    }

    @Test("The binary does without full Foundation", arguments: SourceTree.sources)
    func foundation(file: SourceFile) {
        #expect(!file.imports.contains("Foundation"))
    }

    @Test("Modules import along the arrows only", arguments: SourceTree.sources)
    func arrows(file: SourceFile) throws {
        let own = Set(Self.arrows.keys).union([
            "CCrypt", "CDebugInformation", "CDemangle", "CLzma", "CPtrace", "CSystemd", "CYaml",
            "CZlib", "CZstd",
        ])
        let allowed = try #require(Self.arrows[file.target], "\(file.target) has no arrows yet")

        #expect(own.intersection(file.imports).isSubset(of: allowed))
    }

    @Test(
        "Each file with a function has its test file",
        arguments: SourceTree.sources.filter { !generated.contains($0.path) }
    )
    func testFiles(file: SourceFile) {
        let hasLogic = !SourceText.functions(in: file.text).isEmpty
        let expected = "/\(file.name)Tests.swift"
        let isTested = SourceTree.tests.contains {
            $0.target == file.target + "Tests" && $0.path.hasSuffix(expected)
        }

        #expect(
            (hasLogic && !isTested) == Self.untested.contains(file.path),
            "\(file) and \(expected): write it, or mend untested.txt"
        )
    }

    @Test(
        "The lists of exceptions are of files that exist",
        arguments: untested.union(generated)
    )
    func exceptions(path: String) {
        #expect(SourceTree.sources.contains { $0.path == path })
    }

    /// The numbers of the lines whose code, not comments and strings, has the word.
    private func lines(of file: SourceFile, codeWith word: String) -> [Int] {
        SourceText.code(of: file.text)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
            .filter { $0.element.contains(word) }
            .map { $0.offset + 1 }
    }

    /// Whether a comment stands directly above the line, which is counted from 1.
    private func isCommented(_ file: SourceFile, line: Int) -> Bool {
        line > 1 && file.lines[line - 2].drop { $0 == " " }.hasPrefix("//")
    }
}

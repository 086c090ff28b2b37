// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite
struct SourceTextTests {
    @Test(
        "Comments and strings are left out",
        arguments: [
            ("a // { b", "a "),
            (#"f("{ // }") {"#, "f() {"),
            (#"f("\"{") {"#, "f() {"),
            (#"f("\(g("}", h(1)))}") {"#, "f() {"),
        ]
    )
    func code(text: String, expected: String) {
        #expect(SourceText.code(of: text) == expected + "\n")
    }

    @Test("A string of several lines is left out, and what follows it is not")
    func longString() {
        let text = "let a = \"\"\"\n    }\n    \"\"\"\nlet b = 1"

        #expect(SourceText.code(of: text) == "let a = \n\n\nlet b = 1\n")
    }

    @Test("A function's lines are counted from its signature to its closing brace")
    func functions() {
        let text = """
            struct A {
                init(
                    a: Int = { 1 }()
                ) {
                    self.a = a
                }
                package func b() -> Int { a }
                func c()
                    where B: C
                {
                    if a { d("}") }
                }
            }
            """

        #expect(
            SourceText.functions(in: text) == [
                .init(line: 2, length: 5), .init(line: 7, length: 1), .init(line: 8, length: 5),
            ]
        )
    }

    @Test("A requirement of a protocol has no body, and does not take another's")
    func requirements() {
        let text = """
            protocol A {
                func b()
                func c() async throws -> Int
            }
            func d() {
            }
            """

        #expect(SourceText.functions(in: text) == [.init(line: 5, length: 2)])
    }

    @Test("Imports are found with every modifier, and only where they are imports")
    func imports() {
        let file = SourceFile(
            path: "Sources/A/B.swift",
            text: """
                import A
                @testable import B
                package import struct C.D
                // import E
                let import2 = 1
                """
        )

        #expect(file.imports == ["A", "B", "C"])
    }
}

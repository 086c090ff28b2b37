// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct DebugEntryTests {
    @Test("The linker's name is read, as that of a symbol is")
    func names() throws {
        let program = try CompiledProgram()
        _ = try output(
            of: "cd '\(program.directory)' && printf 'namespace a { template <class T> "
                + "__attribute__((noinline)) T b(T n) { return n + 1; } }\\n"
                + "int main(int n, char **) { return a::b(n); }\\n' > a.cc && g++ -O1 -g "
                + "-Wl,--build-id=sha1 -o program a.cc && rm a.cc"
        )
        let listed = try output(of: "nm '\(program.directory)/program'").split(separator: "\n")
        #expect(listed.contains { $0.hasSuffix(" _ZN1a1bIiEET_S1_") })
        let frames = try program.reader().frames(atFileOffset: program.offset(of: "main"))
        #expect(frames.map(\.systemName) == ["main"])
        let reader = try program.reader()
        let names = (0..<0x4000).lazy.flatMap { reader.frames(atFileOffset: UInt64($0)) }
        let found = names.first { $0.systemName == "_ZN1a1bIiEET_S1_" }
        #expect(found?.name == "int a::b<int>(int)")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct CompilationUnitTests {
    @Test("Assembly has lines, and no functions")
    func assembly() throws {
        let program = try CompiledProgram()
        _ = try output(
            of: "cd '\(program.directory)' && printf '.globl bare\\n.text\\nbare:\\n nop\\n"
                + " ret\\n.globl main\\nmain: ret\\n"
                + ".section .note.GNU-stack\\n' > bare.s && gcc -g -Wl,--build-id=sha1"
                + " -o program bare.s && rm bare.s"
        )
        let frames = try program.reader().frames(atFileOffset: program.offset(of: "bare"))
        #expect(frames.map(\.line) == [4])
        #expect(frames.first?.file.hasSuffix("bare.s") == true)
    }
}

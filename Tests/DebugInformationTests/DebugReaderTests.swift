// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct DebugReaderTests {
    @Test(
        "Inlined functions come first, each with its own line, in every version of the format",
        arguments: ["-O2 -g", "-O2 -gdwarf-4", "-O2 -g -gz=zlib", "-O2 -g -ffunction-sections"]
    )
    func inlined(options: String) throws {
        let program = try CompiledProgram(options: options)
        let reader = try program.reader()
        let chains = try reader.chains(from: program.offset(of: "outer"), count: 8)
        #expect(chains.contains("leaf:2 middle:4 outer:6"), "\(chains)")
        #expect(chains.allSatisfy { $0.contains("outer:") }, "\(chains)")
        let main = try reader.frames(atFileOffset: program.offset(of: "main"))
        #expect(main.map(\.name) == ["main"])
        #expect(main.first?.file.hasSuffix("/program.c") == true)
        #expect(main.first?.line == 7)
    }

    @Test func whatHasNoCodeHasNoFrames() throws {
        let program = try CompiledProgram()
        let reader = try program.reader()
        #expect(reader.frames(atFileOffset: 0) == [])
        #expect(reader.frames(atFileOffset: .max) == [])
    }

    @Test("A separate file of functions serves too, as -gsplit-dwarf makes it")
    func split() throws {
        let program = try CompiledProgram(options: "-O2 -g -gsplit-dwarf -dumpdir ./")
        let chains = try program.reader().chains(from: program.offset(of: "outer"), count: 8)
        #expect(chains.contains("leaf:2 middle:4 outer:6"), "\(chains)")
        _ = try output(of: "rm '\(program.directory)'/*.dwo")
    }

    @Test func stopsAtItsLimit() throws {
        let program = try CompiledProgram()
        let limit = WorkLimit(deadline: .now + .seconds(60), steps: 1)
        let chains = try program.reader(limit).chains(from: program.offset(of: "outer"), count: 8)
        #expect(limit.isReached)
        #expect(!chains.contains { $0.contains("leaf") })
    }
}

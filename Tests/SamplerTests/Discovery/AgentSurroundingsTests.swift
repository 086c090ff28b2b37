// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct AgentSurroundingsTests {
    @Test func followsTheParents() throws {
        let tree = try FixtureTree()
        try tree.write("50/status", "PPid:\t40\nTracerPid:\t0\n")
        try tree.write("40/status", "PPid:\t30\n")
        try tree.write("30/status", "PPid:\t0\n")
        var reader = ProcReader(root: tree.root)
        let surroundings = AgentSurroundings.read(
            around: ProcessID(50),
            with: &reader,
            excludedChildren: [ProcessID(51)]
        )
        #expect(
            surroundings
                == AgentSurroundings(
                    process: ProcessID(50),
                    ancestors: [ProcessID(40), ProcessID(30)],
                    tracer: nil,
                    excludedChildren: [ProcessID(51)]
                )
        )
    }

    @Test func endsAtACircle() throws {
        let tree = try FixtureTree()
        try tree.write("50/status", "PPid:\t40\n")
        try tree.write("40/status", "PPid:\t50\n")
        var reader = ProcReader(root: tree.root)
        let surroundings = AgentSurroundings.read(around: ProcessID(50), with: &reader)
        #expect(surroundings.ancestors == [ProcessID(40), ProcessID(50)])
    }

    @Test func namesTheProcessOfATracingThread() throws {
        let tree = try FixtureTree()
        try tree.write("50/status", "PPid:\t0\nTracerPid:\t61\n")
        try tree.write("61/status", "Tgid:\t60\n")
        var reader = ProcReader(root: tree.root)
        #expect(
            AgentSurroundings.read(around: ProcessID(50), with: &reader).tracer == ProcessID(60)
        )
    }

    @Test func knowsItsRealParent() {
        var reader = ProcReader()
        let surroundings = AgentSurroundings.read(with: &reader)
        #expect(surroundings.process == ProcessID(getpid()))
        #expect(surroundings.ancestors.first == ProcessID(getppid()))
    }
}

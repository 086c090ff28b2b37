// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ProcessDescriberTests {
    private let process = ProcessID(12)

    private func describe(_ tree: borrowing FixtureTree) -> ProcessDescription {
        var describer = ProcessDescriber { _ in "web.service" }
        var reader = ProcReader(root: tree.root)
        let controlGroup = reader.controlGroup(of: process).value
        return describer.describe(
            process,
            command: "java",
            controlGroup: controlGroup,
            with: &reader
        )
    }

    @Test func readsWhatThereIs() throws {
        let id = String(repeating: "0123456789abcdef", count: 4)
        let pod = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
        let tree = try FixtureTree()
        try tree.write("12/cmdline", "java\0-jar\0app.jar\0")
        try tree.write("12/status", "Name:\tjava\n")
        try tree.write("12/cgroup", "0::/kubepods/burstable/pod\(pod)/\(id)\n")
        #expect(symlink("/opt/jdk/bin/java", "\(tree.path)/12/exe") == 0)
        let description = describe(tree)
        #expect(description.command == "java")
        #expect(description.executable == "/opt/jdk/bin/java")
        #expect(description.executableBase == "java")
        #expect(description.commandLine == "java -jar app.jar")
        #expect(description.user == (geteuid() == 0 ? "root" : description.user))
        #expect(description.unit == "web.service")
        #expect(description.controlGroup == "/kubepods/burstable/pod\(pod)/\(id)")
        #expect(description.container == id)
        #expect(description.pod == pod)
    }

    @Test func whatCannotBeReadIsEmpty() throws {
        let tree = try FixtureTree()
        let description = describe(tree)
        #expect(description.executable == "java")
        #expect(description.commandLine.isEmpty)
        #expect(description.user.isEmpty)
        #expect(description.container.isEmpty)
    }

    @Test func theNameItWasCalledByStandsInForItsFile() throws {
        let tree = try FixtureTree()
        try tree.write("12/cmdline", "/usr/bin/java\0")
        #expect(describe(tree).executable == "/usr/bin/java")
    }
}

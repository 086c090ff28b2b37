// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct GroupTemplateTests {
    private static let process: ProcessDescription = {
        var process = ProcessDescription()
        process.command = "java"
        process.executable = "/opt/jdk/bin/java"
        process.user = "app"
        process.unit = "web.service"
        process.controlGroup = "/system.slice/web.service"
        process.container = String(repeating: "0123456789abcdef", count: 4)
        process.pod = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
        return process
    }()

    @Test(arguments: [
        ("web", "web"), ("{{.Comm}}", "java"), ("{{ .Comm }}", "java"),
        ("{{.ExeBase}}:{{.Username}}", "java:app"), ("{{.ExeFull}}", "/opt/jdk/bin/java"),
        ("{{.Unit}}", "web.service"), ("{{.Cgroups}}", "/system.slice/web.service"),
        ("{{.ContainerID}}", "0123456789ab"), ("{{.PodUID}}", process.pod),
        ("a-{{.Matches.app}}-b", "a-shop-b"),
        // What is not there is left out, and a name is never empty.
        ("a{{.Matches.none}}b", "ab"), ("{{.Matches.none}}", "java"),
        ("}}", "}}"), ("{a}", "{a}"),
    ])
    func fillsThePlaces(text: String, name: String) throws {
        let template = try GroupTemplate(text)
        #expect(template.name(of: Self.process, matches: ["app": "shop"]) == name)
    }

    @Test(
        arguments: [
            ("", .empty), ("{{.Comm", .unclosed), ("{{.Nonsense}}", .unknownField("{{.Nonsense}}")),
            ("{{Comm}}", .unknownField("{{Comm}}")), ("{{}}", .unknownField("{{}}")),
            ("{{.PID}}", .perProcess("{{.PID}}")),
            ("{{.StartTime}}", .perProcess("{{.StartTime}}")),
        ] as [(String, GroupTemplate.Problem)]
    )
    func saysWhatIsWrong(text: String, problem: GroupTemplate.Problem) {
        #expect(throws: problem) { try GroupTemplate(text) }
    }
}

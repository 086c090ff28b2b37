// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler
import Testing

@testable import Agent

@Suite struct AgentConfigurationTests {
    private func read(_ text: String) throws(ConfigurationError) -> AgentConfiguration {
        try AgentConfiguration(Array(text.utf8))
    }

    @Test(arguments: ["", "rate:\n", "budget:\n", "targets: {}\nprocess_names: []\n"])
    func saysNothing(text: String) throws {
        #expect(try read(text) == AgentConfiguration())
    }

    @Test func readsEverything() throws {
        let configuration = try read(
            """
            rate: 49
            budget:
              target_pause: 0.1%
              max_pause: 5ms
              agent_cpu: 1
              memory: 1GiB
            profiles:
              keep: 90s
            syscalls:
              windows: [web, db]
              durations: [futex, read]
            targets:
              include:
                - user: [app, web]
              exclude:
                - comm: cat
                - cgroup: ^/user
              fold_children: true
            process_names:
              - name: "{{.Comm}}"
                exe: [/usr/bin/java]
                cmdline: ['-jar (?P<app>.*)\\.jar']
              - unit: '*.service'
            """
        )
        var expected = AgentConfiguration()
        expected.rate = 49
        expected.targetPausePercent = 0.1
        expected.longestPauseMilliseconds = 5
        expected.agentCPUPercent = 1
        expected.memoryMebibytes = 1_024
        expected.profileMinutes = 1.5
        expected.windows = .groups(["web", "db"])
        expected.timedCalls = try TimedCalls(["read", "futex"])
        var users = ProcessPattern()
        users.users = ["app", "web"]
        var command = ProcessPattern()
        command.commands = ["cat"]
        var group = ProcessPattern()
        group.controlGroups = [try RegularExpression("^/user")]
        expected.rules.included = [users]
        expected.rules.excluded = [command, group]
        expected.rules.foldsChildren = true
        var java = ProcessPattern()
        java.executables = ["/usr/bin/java"]
        java.commandLines = [try RegularExpression("-jar (?P<app>.*)\\.jar")]
        var unit = ProcessPattern()
        unit.units = ["*.service"]
        expected.rules.groups = [
            GroupRule(name: try GroupTemplate("{{.Comm}}"), pattern: java),
            GroupRule(name: try GroupTemplate("{{.ExeBase}}"), pattern: unit),
        ]
        #expect(configuration == expected)
    }

    @Test(
        "windows are for all or for none",
        arguments: [("true", .all), ("false", .off), ("", .off)] as [(String, WindowScope)]
    )
    func windows(text: String, scope: WindowScope) throws {
        #expect(try read("syscalls:\n  windows: \(text)\n").windows == scope)
    }

    @Test(arguments: [
        (
            "rates: 1\n",
            "line 1: 'rates' is not known; known are "
                + "rate, budget, profiles, syscalls, targets, process_names"
        ),
        (
            "budget:\n  pause: 1\n",
            "line 2: 'pause' is not known in budget; "
                + "known are target_pause, max_pause, agent_cpu, memory"
        ),
        (
            "syscalls:\n  durations: [read, fuutex]\n",
            "line 2: syscalls.durations: unknown system call 'fuutex'; is 'futex' meant?"
        ),
        (
            "rate: fast\n",
            "line 1: rate must be like 19, from 0.016666666666666666 to 10000.0, and is 'fast'"
        ),
        (
            "rate: 0\n",
            "line 1: rate must be like 19, from 0.016666666666666666 to 10000.0, and is '0'"
        ),
        (
            "rate: nan\n",
            "line 1: rate must be like 19, from 0.016666666666666666 to 10000.0, and is 'nan'"
        ),
        ("\nrate: [1]\n", "line 2: rate must be text, and is a list"),
        ("- 1\n", "line 1: the file must be a mapping, and is a list"),
        ("budget: 1\n", "line 1: budget must be a mapping, and is '1'"),
        ("targets:\n  include: x\n", "line 2: include must be a list, and is 'x'"),
        (
            "targets:\n  fold_children: yes\n",
            "line 2: fold_children must be true or false, not 'yes'"
        ),
        (
            "process_names:\n  - comm: a\n    name: '{{.PID}}'\n",
            "line 3: name: {{.PID}} would make a group of each process; leave it out"
        ),
        (
            "process_names:\n  - name: a\n",
            "line 2: an entry of process_names must say which processes: "
                + "comm, exe, cmdline, cgroup, unit, container, pod, user"
        ),
        (
            "budget:\n  max_pause: 5\n",
            "line 2: max_pause must be like 10ms, from 0.001 to 60000.0, and is '5'"
        ),
    ])
    func saysWhatToPutRight(text: String, message: String) {
        #expect {
            try read(text)
        } throws: {
            "\($0)" == message
        }
    }

    @Test func namesTheLineOfAnExpression() {
        #expect {
            try read("process_names:\n  - cmdline:\n      - ok\n      - '('\n")
        } throws: {
            "\($0)".hasPrefix("line 4: cmdline: '(' is no regular expression: ")
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Sampler

/// The command line's entry.
@main
struct Ptarmigan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ptarmigan",
        abstract: "An always-on profiler that needs neither eBPF nor perf_event_open.",
        version: Version.text,
        subcommands: [
            AgentCommand.self, DoctorCommand.self, ReleaseCommand.self, GuardCommand.self,
            CanaryCommand.self,
        ]
    )

    static func main() async {
        // Before any other thread starts, so that each inherits it and the tracer's descriptor gets
        // every SIGCHLD.
        ChildSignal.block()
        await main(nil)
    }
}

/// What this build is.
enum Version {
    static let text = "0.1.0"
}

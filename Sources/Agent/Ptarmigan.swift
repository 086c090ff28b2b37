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
            AgentCommand.self, TopCommand.self, RecordCommand.self, DumpCommand.self,
            SyscallsCommand.self, ReportCommand.self, DiffCommand.self, DoctorCommand.self,
            ReleaseCommand.self, GuardCommand.self, CanaryCommand.self, LaunchCommand.self,
            LinesCommand.self,
        ]
    )

    static func main() async {
        // Before any other thread starts, so that each inherits it and the tracer's descriptor gets
        // every SIGCHLD.
        ChildSignal.block()
        // Likewise: each thread has capabilities of its own.
        GrantedCapabilities.use()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            // One line, and the code that shells and scripts know for wrong usage.
            let line = Self.oneLine(message(for: error))
            StandardError.write("ptarmigan: \(line); see 'ptarmigan --help'\n")
            exit(withError: ExitCode(Failure.Code.usage.rawValue))
        }
    }

    /// A message with a list of values, as one line.
    static func oneLine(_ message: String) -> String {
        message.split(separator: "\n")
            .map { line in
                let text = line.drop { $0 == " " }
                return text.hasPrefix("- ") ? text.dropFirst(2) : text
            }
            .joined(separator: " ")
    }
}

/// What this build is.
enum Version {
    static let text = "0.1.0"
}

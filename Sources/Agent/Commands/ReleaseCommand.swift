// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Profiles
import Sampler

/// `ptarmigan release`: undoes by hand what a dead agent may have left, and frees a process for
/// gdb.
struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Resume what a dead agent left stopped; with -p, have one process let alone.",
        discussion: """
            Without -p it resumes the processes that agents which died in the attach method had in \
            hand. With -p it resumes that process if it is stopped and nobody traces it, and asks \
            a running agent to let it alone, for a debugger.
            """
    )

    @Option(name: [.short, .customLong("pid")], help: "The process.")
    var pid: Int32?

    @Option(help: "Seconds for which a running agent lets the process alone.")
    var seconds: UInt64 = 300

    func run() async throws {
        try await Failure.reporting {
            let runtime = try RuntimeDirectory.open()
            if let pid {
                try await release(ProcessID(pid), runtime)
            } else {
                releaseAbandoned(runtime)
            }
        }
    }

    private func releaseAbandoned(_ runtime: RuntimeDirectory) {
        var count = 0
        for page in runtime.abandonedPages() {
            let file = open(page.path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            guard file >= 0 else { continue }
            for process in GuardPage(descriptor: file)?.releaseAll() ?? [] {
                print("resumed process \(process), which agent \(page.agent) had in hand")
                count += 1
            }
            close(file)
            unlink(page.path)
        }
        if count == 0 { print("no dead agent has left a process stopped") }
    }

    private func release(_ process: ProcessID, _ runtime: RuntimeDirectory) async throws {
        var reader = ProcReader()
        guard case .value(let status) = reader.status(of: process) else {
            throw Failure(.noSuchProcess, "no process \(process); it may have ended")
        }
        if status.state == .stopped, status.tracer == nil {
            guard kill(process.rawValue, SIGCONT) == 0 else {
                throw Failure(
                    .notPermitted,
                    "not permitted to resume process \(process): run as its user or as root"
                )
            }
            print("resumed process \(process), which was stopped")
        }
        guard runtime.request(.init(process: process, seconds: seconds)) else {
            throw Failure(.failed, "\(runtime.path) can't be written: run as the agent's user")
        }
        // The agent looks once a second.
        for _ in 0..<30 {
            try await Task.sleep(for: .milliseconds(100))
            if !runtime.isPending(process) {
                print("process \(process) is let alone for \(seconds) s by the running agent")
                return
            }
        }
        runtime.withdraw(process)
        print("no agent is running here, so nothing will attach to process \(process)")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage
import UnixSignals

/// A command that is started and whose system calls are followed to its end.
struct CallCommandSession {
    let command: [String]
    let calls: SystemCallSelection
    /// The selection as it was written; the started process parses it again.
    let selectionText: String
    let takesTimes: Bool
    /// The CPU that the command and its tracer share; nil leaves both where the kernel puts them.
    let cpu: Int?

    /// Runs the command.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run() async throws -> CommandCalls.Outcome {
        let child = try HelperProcess.launch(
            command,
            openFiles: (try? DescriptorLimit.raise())?.softBefore ?? 1_024,
            options: launchOptions
        )
        let signals = Task {
            var isEnding = false
            for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                // A terminal has sent its SIGINT to the command as well.
                guard signal == .sigterm else { continue }
                // All that is followed ends with this program, whatever it makes of SIGTERM.
                if isEnding { _exit(128 + SIGTERM) }
                isEnding = true
                kill(child.process.rawValue, SIGTERM)
            }
        }
        defer { signals.cancel() }
        do {
            return try await follow(child)
        } catch {
            child.end()
            throw Self.failure(error)
        }
    }

    /// What the process that becomes the command is told.
    var launchOptions: [String] {
        // One word: a selection may begin with a dash, for all that is known here.
        ["--trace-calls=\(selectionText)"] + (cpu.map { ["--cpu", "\($0)"] } ?? [])
    }

    /// Follows the command on a thread of its own, and opens its gate once it is attached to.
    private func follow(_ child: HelperProcess) async throws -> CommandCalls.Outcome {
        let settings = CommandCalls.Settings(calls: calls, takesTimes: takesTimes)
        let cpu = cpu
        return try await withCheckedThrowingContinuation { continuation in
            Threads.start {
                // Where that is not permitted, only the speed differs.
                if let cpu { try? CPUAffinity.pin(to: cpu) }
                do throws(Errno) {
                    let tracing = try CommandCalls(root: child.process, settings: settings)
                    child.poke()
                    child.closePipe()
                    continuation.resume(returning: tracing.run())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    static func failure(_ error: any Error) -> Failure {
        guard let error = error as? Errno, error == .notPermitted else {
            return Failure(.failed, "the command can't be traced: \(error)")
        }
        return Failure(
            .notPermitted,
            "ptrace is refused even of a child of this program: a seccomp filter, as container "
                + "runtimes have, or Yama's ptrace_scope 3 forbids it; allow ptrace there"
        )
    }
}

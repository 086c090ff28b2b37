// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Sampler
import SystemPackage
import UnixSignals

/// A running process whose system calls are watched for a time.
struct CallWindowSession {
    let process: ProcessID
    let settings: AttachedCalls.Settings

    /// Watches until the time is over, SIGINT or SIGTERM, or the end of the process.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run() async throws -> AttachedCalls.Outcome {
        try Failure.checkTargets([process], in: ProcRoot())
        let outcome: AttachedCalls.Outcome
        do {
            outcome = try await watch()
        } catch {
            throw Failure(.failed, "the tracer can't be started: \(error)")
        }
        if let refusal = outcome.refusal { throw failure(refusal) }
        return outcome
    }

    private func watch() async throws -> AttachedCalls.Outcome {
        let control = try CallWindowControl()
        let signals = Task {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { control.stop() }
        }
        defer { signals.cancel() }
        let (process, settings) = (process, settings)
        return try await withCheckedThrowingContinuation { continuation in
            Threads.start {
                do throws(Errno) {
                    let calls = AttachedCalls(process, settings: settings, control: control)
                    continuation.resume(returning: try calls.run())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    func failure(_ refusal: AttachRefusal) -> Failure {
        switch refusal {
        case .notPermitted:
            Failure(
                .notPermitted,
                "process \(process) can't be attached to: another tracer is attached to it, or the "
                    + "kernel refuses; `ptarmigan doctor` says which"
            )
        case .gone: Failure(.noSuchProcess, "process \(process) has ended")
        case .unsupported(let errno):
            Failure(
                .failed,
                "process \(process) can't be attached to (\(Errno(rawValue: errno))); windows need "
                    + "PTRACE_SEIZE and PTRACE_GET_SYSCALL_INFO, which sandboxes may lack"
            )
        }
    }
}

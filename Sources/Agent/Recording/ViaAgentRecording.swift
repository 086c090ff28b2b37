// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Glibc
import Profiles

/// A recording that the running agent makes: asked for through its admin socket, and written here.
struct ViaAgentRecording {
    let request: AdminRequest
    /// Where an agent may listen; the first that is there is asked.
    let sockets: [String]
    /// Whether inlined functions become frames of their own.
    let inlines: Bool

    /// Asks, waits and writes.
    ///
    /// - Throws: `Failure`, with the line to print.
    func run(to output: RecordingOutput) async throws {
        let answer = try await ask()
        let sampled = try Self.profile(of: answer)
        let (profile, lines) = SourceLines(inlines: inlines).add(to: sampled)
        try output.write(profile)
        StandardError.write(
            Self.text(profile) + RecordingReport.text(lines) + "wrote    \(output.shownPath)\n"
        )
    }

    private func ask() async throws -> AdminClient.Answer {
        var refusal: (path: String, number: Int32)?
        for path in sockets {
            do throws(AdminClient.Failure) {
                return try await AdminClient(path: path).ask(request)
            } catch {
                guard case .notConnected(let number) = error else {
                    throw Failure(.failed, Self.text(error))
                }
                // One that is there and can't be reached says more than one that is not there.
                if refusal == nil || refusal?.number == ENOENT { refusal = (path, number) }
            }
        }
        throw Self.failure(sockets: sockets, refusal: refusal)
    }

    private static func text(_ failure: AdminClient.Failure) -> String {
        switch failure {
        case .tooLong: "the agent's answer is longer than any profile"
        case .brokenOff, .notConnected: "the agent ended before it had answered"
        }
    }

    /// Why no agent could be asked.
    static func failure(
        sockets: [String],
        refusal: (path: String, number: Int32)?
    ) -> Failure {
        switch refusal?.number {
        case EACCES?, EPERM?:
            return Failure(
                .notPermitted,
                "\(refusal?.path ?? "") can't be reached by this user; ask as root, or have the "
                    + "agent listen elsewhere with --admin.socket"
            )
        case ECONNREFUSED?, ENOENT?, nil:
            return Failure(
                .failed,
                "no agent listens on \(sockets.joined(separator: " or ")); start one, or name its "
                    + "socket with --admin.socket"
            )
        case let number?:
            return Failure(
                .failed,
                "\(refusal?.path ?? "") can't be reached: \(String(cString: strerror(number)))"
            )
        }
    }

    /// The profile of an answer.
    ///
    /// - Throws: `Failure` with the agent's line where it is none.
    static func profile(of answer: AdminClient.Answer) throws -> Profile {
        guard answer.outcome == .served else {
            let line = String(decoding: answer.body.prefix(4_096), as: UTF8.self)
            let shown = VisibleText(
                replacingControlsIn: line.hasSuffix("\n") ? String(line.dropLast()) : line
            )
            throw Failure(code(for: answer.outcome), "the agent refuses: \(shown)")
        }
        do {
            return try ProfileReader.read(answer.body, hints: ProfileReader.Hints(target: ""))
        } catch {
            throw Failure(.failed, "the agent's answer can't be read: \(error)")
        }
    }

    private static func code(for outcome: AdminOutcome?) -> Failure.Code {
        switch outcome {
        case .notFound: .noSuchProcess
        case .notPermitted: .notPermitted
        case .malformed: .usage
        case .served, .excluded, .busy, .cancelled, .failed, nil: .failed
        }
    }

    /// What it came to.
    static func text(_ profile: Profile) -> String {
        let seconds = RecordingReport.rounded(Double(profile.nanoseconds) / 1e9, 2)
        let duration = RecordingReport.rounded(Double(profile.durationNanoseconds) / 1e9, 2)
        let hertz = RecordingReport.rounded(1e9 / Double(max(1, profile.periodNanoseconds)), 1)
        return "samples  \(profile.sampleCount) on a CPU; \(seconds) s of CPU time in "
            + "\(duration) s, by the agent at \(hertz) Hz\n"
    }
}

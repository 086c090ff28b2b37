// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Profiles
import Sampler

/// Why a command ends without having done its work: one line for the user and an exit code.
struct Failure: Error {
    /// The exit codes of every command.
    enum Code: Int32 {
        case failed = 1
        case usage = 2
        case notPermitted = 126
        case noSuchProcess = 127
    }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A file that can't be written, by `errno`.
    init(cannotWrite name: String) {
        self.init(.failed, "\(name) can't be written: \(String(cString: strerror(errno)))")
    }

    /// A process that was named and can't be sampled; nil if it can.
    init?(_ check: TargetCheck) {
        switch check {
        case .allowed: return nil
        case .noSuchProcess, .exited, .isThread: self.init(.noSuchProcess, check.description)
        case .kernelThread, .protected, .alreadyTraced, .unreadable:
            self.init(.failed, check.description)
        case .notPermitted: self.init(.notPermitted, check.description)
        }
    }

    /// Refuses processes that were named and can't be sampled, before anything starts.
    static func checkTargets(_ processes: [ProcessID], in root: ProcRoot) throws {
        var reader = ProcReader(root: root)
        let surroundings = AgentSurroundings.read(with: &reader)
        for process in processes {
            let check = TargetCheck.check(
                process,
                policy: ProtectionPolicy(),
                beside: surroundings,
                with: &reader,
                marks: ControlGroupMarks()
            )
            if let failure = Failure(check) { throw failure }
        }
    }

    /// Runs a command's work; a failure is printed on one line and becomes the exit code.
    static func reporting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let failure as Failure {
            StandardError.write("ptarmigan: \(failure.message)\n")
            throw ExitCode(failure.code.rawValue)
        }
    }
}

/// Standard error, unbuffered.
enum StandardError {
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

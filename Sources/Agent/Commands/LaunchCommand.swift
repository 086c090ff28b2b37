// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Sampler

/// Waits for the gate to open and then becomes a command; started by `record` and its like.
///
/// The command's process so exists, and can be looked at, before its first instruction.
struct LaunchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch",
        abstract: "Started by other commands.",
        shouldDisplay: false
    )

    @Option(help: "The limit of open files that the command is to have.")
    var openFiles: UInt64

    @Argument(parsing: .postTerminator)
    var command: [String] = []

    func run() throws {
        var byte: UInt8 = 0
        // Without a byte the program that would record is gone.
        guard read(HelperProcess.gateDescriptor, &byte, 1) == 1, let name = command.first else {
            throw ExitCode(Failure.Code.failed.rawValue)
        }
        close(HelperProcess.gateDescriptor)
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            limit.rlim_cur = min(limit.rlim_max, rlim_t(openFiles))
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        var none = sigset_t()
        sigemptyset(&none)
        sigprocmask(SIG_SETMASK, &none, nil)
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        arguments.append(nil)
        execvp(name, &arguments)
        let reason = String(cString: strerror(errno))
        let isMissing = errno == ENOENT
        StandardError.write("ptarmigan: \(name) can't be started: \(reason)\n")
        // What shells return (execvp(3)): not found, and found but not to be run.
        throw ExitCode(isMissing ? 127 : 126)
    }
}

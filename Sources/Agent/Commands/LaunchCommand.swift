// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Sampler
import SystemPackage

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

    @Option(help: "The system calls to stop at for a tracer.")
    var traceCalls: String?

    @Option(help: "The CPU to keep to.")
    var cpu: Int?

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
        // Where that is not permitted, the command runs unpinned, and only the speed differs.
        if let cpu { try? CPUAffinity.pin(to: cpu) }
        if let traceCalls { try installFilter(traceCalls) }
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        arguments.append(nil)
        execvp(name, &arguments)
        let reason = String(cString: strerror(errno))
        let isMissing = errno == ENOENT
        StandardError.write("ptarmigan: \(name) can't be started: \(reason)\n")
        // What shells return (execvp(3)): not found, and found but not to be run.
        throw ExitCode(isMissing ? 127 : 126)
    }

    /// Has the kernel stop this process at some calls, from here on and in what it becomes.
    private func installFilter(_ text: String) throws {
        guard let calls = try? SystemCallSelection(parsing: text) else {
            throw ExitCode(Failure.Code.usage.rawValue)
        }
        do throws(Errno) {
            try CallFilter(calls).install()
            return
        } catch {
            StandardError.write(
                "ptarmigan: seccomp is refused (\(error)), by which a command is followed; a "
                    + "kernel with CONFIG_SECCOMP_FILTER has it, and a container's profile must "
                    + "allow seccomp(2)\n"
            )
        }
        throw ExitCode(Failure.Code.notPermitted.rawValue)
    }
}

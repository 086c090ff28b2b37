// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Sampler

/// `ptarmigan guard`: the process that outlives an agent which dies while it holds a target by
/// PTRACE_ATTACH, whose SIGSTOP the kernel does not take back.
struct GuardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guard",
        abstract: "Started by the agent.",
        shouldDisplay: false
    )

    func run() throws {
        guard let page = GuardPage(descriptor: HelperProcess.pageDescriptor) else {
            throw ExitCode(Failure.Code.failed.rawValue)
        }
        var byte: UInt8 = 0
        while read(0, &byte, 1) > 0 || errno == EINTR {}
        page.releaseAll()
    }
}

/// `ptarmigan canary`: a small program that the agent visits to see what its visits do.
struct CanaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary",
        abstract: "Started by the agent.",
        shouldDisplay: false
    )

    func run() throws {
        guard let canary = Canary(descriptor: HelperProcess.pageDescriptor) else {
            throw ExitCode(Failure.Code.failed.rawValue)
        }
        canary.run()
    }
}

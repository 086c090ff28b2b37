// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Profiles
import Sampler

/// `ptarmigan doctor`: what works here, what does not, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what the agent can do on this host, and what would let it do more."
    )

    @Option(name: [.short, .customLong("pid")], help: "Check this process as well.")
    var pid: Int32?

    @Flag(name: [.short, .customLong("json")], help: "Print JSON.")
    var json = false

    @Option(name: .customLong("stop-method"), help: "The way of stopping to try.")
    var stopMethod = StopMethod.seize

    @Option(
        name: .customLong("path.procfs"),
        help: ArgumentHelp("The proc file system.", visibility: .hidden)
    )
    var procRoot = "/proc"

    func run() async throws {
        try await Failure.reporting {
            let probe = try probeChild()
            let target = pid.map { check(ProcessID($0)) }
            let report = DoctorReport(probe: probe, target: target)
            print(json ? report.json : report.text, terminator: "")
            if let target, let failure = Failure(target) { throw failure }
            if probe.tier == .procOnly {
                throw Failure(.notPermitted, "no thread can be stopped here; see above")
            }
        }
    }

    private func probeChild() throws -> CapabilityProbe {
        do {
            let canary = try CanaryProcess.start()
            defer { canary.end() }
            return try CapabilityProbe.run(
                on: canary.process,
                in: ProcRoot(procRoot),
                method: stopMethod
            ) {
                canary.requestRound()
            }
        } catch {
            throw Failure(.failed, "the probe can't be run: \(error)")
        }
    }

    private func check(_ process: ProcessID) -> TargetCheck {
        var reader = ProcReader(root: ProcRoot(procRoot))
        let surroundings = AgentSurroundings.read(with: &reader)
        return TargetCheck.check(
            process,
            policy: ProtectionPolicy(),
            beside: surroundings,
            with: &reader,
            marks: ControlGroupMarks()
        )
    }
}

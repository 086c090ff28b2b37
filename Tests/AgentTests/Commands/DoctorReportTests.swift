// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent
@testable import Sampler

@Suite struct DoctorReportTests {
    private static let outcomes: [VisitOutcome?] = [
        .sampled, .parked(.lateStop), .refused(.unsupported(errno: 38)), .refused(.notPermitted),
        .exited, nil,
    ]

    /// Probes with everything that a report tells apart.
    private static let probes: [CapabilityProbe] = {
        var probes: [CapabilityProbe] = []
        for outcome in outcomes {
            for bits in 0..<64 {
                for scope: Int32 in -1...3 {
                    var probe = CapabilityProbe()
                    probe.visit = outcome
                    probe.yamaScope = scope
                    probe.stackBytesCopied = bits & 1 == 0 ? 0 : 4_096
                    probe.isUnderSeccomp = bits & 2 == 0
                    probe.canReadSystemCall = bits & 4 == 0
                    probe.keepsStatistics = bits & 8 == 0
                    probe.mayRaisePriority = bits & 8 == 0
                    probe.hasTraceCapability = bits & 16 == 0
                    probe.hasReadCapability = bits & 32 == 0
                    probes.append(probe)
                }
            }
        }
        return probes
    }()

    /// One of each case, in a row: a new case does not compile until it has its place.
    private static func reason(after reason: ProtectionReason) -> ProtectionReason? {
        switch reason {
        case .firstProcess: .kernelThread
        case .kernelThread: .agent
        case .agent: .agentChild
        case .agentChild: .agentAncestor
        case .agentAncestor: .agentTracer
        case .agentTracer: .excludedName("NAME")
        case .excludedName: .environment
        case .environment: .controlGroup
        case .controlGroup: .notDumpable
        case .notDumpable: .alreadyTraced(by: ThreadID(17))
        case .alreadyTraced: nil
        }
    }

    private static let process = ProcessID(4_242)

    private static func check(after check: TargetCheck) -> TargetCheck? {
        switch check {
        case .allowed: .noSuchProcess(process)
        case .noSuchProcess: .exited(process, command: "NAME")
        case .exited: .isThread(ThreadID(17), of: process)
        case .isThread: .kernelThread(process, command: "NAME")
        case .kernelThread: .protected(process, command: "NAME", .firstProcess)
        case .protected:
            .alreadyTraced(process, command: "NAME", by: ThreadID(17), tracerCommand: "TRACER")
        case .alreadyTraced: .notPermitted(process, command: "NAME", yamaScope: -1)
        case .notPermitted(_, _, -1): .notPermitted(process, command: "NAME", yamaScope: 1)
        case .notPermitted(_, _, 1): .notPermitted(process, command: "NAME", yamaScope: 3)
        case .notPermitted: .unreadable(process)
        case .unreadable: nil
        }
    }

    /// A message with words in place of the numbers of processes and errors.
    private static func general(_ message: String) -> String {
        message.replacing("4242", with: "PID").replacing("17", with: "TID")
            .replacing("errno 38", with: "errno N")
    }

    @Test func eachFindingIsInTheManual() {
        var messages: Set<String> = []
        var names: Set<String> = []
        for probe in Self.probes {
            for line in DoctorReport(probe: probe, target: nil).lines {
                names.insert(line.name)
                messages.formUnion([line.fact, line.advice])
            }
        }
        #expect(names.count == 7)
        #expect(messages.count > 30)
        for message in messages where !message.isEmpty {
            #expect(TroubleshootingPage.quotes(Self.general(message)), "doctor may say \(message)")
        }
        for name in names.union(["target"]) {
            #expect(TroubleshootingPage.text.contains("| `\(name)` |"), "doctor may find \(name)")
        }
    }

    @Test(arguments: CapabilityTier.allCases)
    func eachTierIsInTheManual(tier: CapabilityTier) {
        #expect(TroubleshootingPage.quotes("tier \(tier.rawValue): \(tier.meaning)"))
    }

    @Test func whatIsSaidOfAProcessIsInTheManual() {
        let checks = Array(sequence(first: .allowed(Self.process), next: Self.check))
        #expect(checks.count > 10)
        for check in checks {
            let message = Self.general(check.description)
            #expect(TroubleshootingPage.quotes(message), "it may be said that \(message)")
        }
    }

    @Test func eachProtectionIsInTheManual() {
        let reasons = Array(sequence(first: .firstProcess, next: Self.reason))
        for reason in reasons.dropFirst() {
            let message = Self.general(reason.description)
            #expect(TroubleshootingPage.quotes("... \(message)"), "\(message)")
        }
    }

    @Test func showsWhatIsWrongAndWhatToDo() {
        var probe = CapabilityProbe()
        probe.visit = .refused(.notPermitted)
        let report = DoctorReport(probe: probe, target: .noSuchProcess(Self.process))
        #expect(report.text.hasPrefix("no  stop: attaching to a child is not permitted\n      a "))
        #expect(report.text.contains("\nno  target: no process 4242; it may have ended\n"))
        #expect(report.text.hasSuffix("tier 3: \(CapabilityTier.procOnly.meaning)\n"))
        #expect(report.json.contains(#"{"name":"stop","ok":false,"fact":"attaching to a child"#))
    }
}

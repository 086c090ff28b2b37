// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct ProtectionTests {
    private static let agent = AgentSurroundings(
        process: ProcessID(500),
        ancestors: [ProcessID(400), ProcessID(300)],
        tracer: ProcessID(600),
        excludedChildren: [ProcessID(501)]
    )

    private static func facts(
        _ process: Int32 = 700,
        command: String = "app",
        _ change: (inout ProtectionFacts) -> Void = { _ in }
    ) -> ProtectionFacts {
        var facts = ProtectionFacts(process: ProcessID(process), command: command)
        facts.effectiveUser = 1000
        facts.fileOwner = 1000
        change(&facts)
        return facts
    }

    @Test(arguments: [
        (facts(), Protection.allowed),
        (facts(1), .refused(.firstProcess)),
        (facts { $0.isKernelThread = true }, .refused(.kernelThread)),
        (facts(500), .refused(.agent)),
        (facts(501), .refused(.agentChild)),
        (facts(502), .allowed),
        (facts(400), .refused(.agentAncestor)),
        (facts(300), .refused(.agentAncestor)),
        (facts(600), .refused(.agentTracer)),
        (facts(command: "sshd"), .refused(.excludedName("sshd"))),
        (facts { $0.isOptedOutByEnvironment = true }, .refused(.environment)),
        (facts { $0.isOptedOutByControlGroup = true }, .refused(.controlGroup)),
        (facts { $0.fileOwner = 0 }, .refused(.notDumpable)),
        (facts { $0.fileOwner = 100_000 }, .refused(.notDumpable)),
        (facts { $0.fileOwner = nil }, .allowed),
        (facts { $0.effectiveUser = nil }, .allowed),
        (facts { $0.tracer = ThreadID(9) }, .refused(.alreadyTraced(by: ThreadID(9)))),
    ])
    func decides(facts: ProtectionFacts, protection: Protection) {
        #expect(ProtectionPolicy().protection(of: facts, beside: Self.agent) == protection)
    }

    @Test func aProcessOfRootLooksDumpable() {
        let facts = Self.facts {
            $0.effectiveUser = 0
            $0.fileOwner = 0
        }
        #expect(!facts.isKnownNonDumpable)
    }

    @Test func lastingReasonsComeFirst() {
        let facts = Self.facts(command: "sshd") {
            $0.tracer = ThreadID(9)
            $0.fileOwner = 0
        }
        #expect(
            ProtectionPolicy().protection(of: facts, beside: Self.agent)
                == .refused(.excludedName("sshd"))
        )
    }

    @Test func thePolicyMayAllowMore() {
        let policy = ProtectionPolicy(excludedNames: [], allowsNonDumpable: true)
        let facts = Self.facts(command: "sshd") { $0.fileOwner = 0 }
        #expect(policy.protection(of: facts, beside: Self.agent) == .allowed)
    }

    @Test(arguments: [1, 300, 400, 500, 501, 600])
    func thePolicyNeverAllowsTheFixedOnes(process: Int32) {
        let policy = ProtectionPolicy(excludedNames: [], allowsNonDumpable: true)
        #expect(policy.protection(of: Self.facts(process), beside: Self.agent) != .allowed)
    }

    @Test func everyReasonIsOneLine() {
        let reasons: [ProtectionReason] = [
            .firstProcess, .kernelThread, .agent, .agentChild, .agentAncestor, .agentTracer,
            .excludedName("sshd"), .environment, .controlGroup, .notDumpable,
            .alreadyTraced(by: ThreadID(9)),
        ]
        #expect(Set(reasons.map(\.description)).count == reasons.count)
        for reason in reasons { #expect(!reason.description.contains("\n")) }
    }
}

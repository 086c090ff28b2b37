// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Why a process must not be stopped.
package enum ProtectionReason: Hashable, Sendable {
    /// Process 1: the whole system, or the whole container, waits for it.
    case firstProcess

    /// A thread of the kernel: it has no user code, and the kernel refuses.
    case kernelThread

    /// The agent itself.
    case agent

    /// A child of the agent that must run undisturbed, such as its guard.
    case agentChild

    /// A process that the agent descends from, such as the shell it was started in.
    case agentAncestor

    /// The process that traces the agent: both would wait for each other.
    case agentTracer

    /// Its name is on the list of excluded names.
    case excludedName(String)

    /// It was started with `PTARMIGAN=off` in its environment.
    case environment

    /// Its control group, or one above, has the attribute `user.ptarmigan` set to `off`.
    case controlGroup

    /// It asked the kernel not to be dumped or traced (`PR_SET_DUMPABLE`, prctl(2)).
    case notDumpable

    /// Another tracer, a debugger for one, holds it already.
    case alreadyTraced(by: ThreadID)
}

/// Whether a process may be stopped.
package enum Protection: Hashable, Sendable {
    case allowed
    case refused(ProtectionReason)
}

/// What an operator may set of the rules; the others hold always.
package struct ProtectionPolicy: Equatable, Sendable {
    package var excludedNames: ExcludedNames

    /// Whether processes that are not dumpable may be stopped all the same.
    package var allowsNonDumpable: Bool

    package init(
        excludedNames: ExcludedNames = .standard,
        allowsNonDumpable: Bool = false
    ) {
        self.excludedNames = excludedNames
        self.allowsNonDumpable = allowsNonDumpable
    }

    /// Decides from facts alone.
    ///
    /// Lasting reasons come before passing ones: a tracer leaves, the rest stays.
    package func protection(
        of target: ProtectionFacts,
        beside agent: AgentSurroundings
    ) -> Protection {
        if target.process.rawValue == 1 { return .refused(.firstProcess) }
        if target.isKernelThread { return .refused(.kernelThread) }
        if target.process == agent.process { return .refused(.agent) }
        if agent.excludedChildren.contains(target.process) { return .refused(.agentChild) }
        if agent.ancestors.contains(target.process) { return .refused(.agentAncestor) }
        if target.process == agent.tracer { return .refused(.agentTracer) }
        if excludedNames.contains(target.command) {
            return .refused(.excludedName(target.command))
        }
        if target.isOptedOutByEnvironment { return .refused(.environment) }
        if target.isOptedOutByControlGroup { return .refused(.controlGroup) }
        if target.isKnownNonDumpable, !allowsNonDumpable { return .refused(.notDumpable) }
        if let tracer = target.tracer { return .refused(.alreadyTraced(by: tracer)) }
        return .allowed
    }
}

extension ProtectionReason: CustomStringConvertible {
    /// The reason as the end of a sentence, with what the operator can do where there is a way.
    package var description: String {
        switch self {
        case .firstProcess: "process 1 is never stopped"
        case .kernelThread: "it is a thread of the kernel, which has no stack to read"
        case .agent: "it is this very agent"
        case .agentChild: "it is a helper process of this agent"
        case .agentAncestor: "this agent was started under it; start the agent elsewhere"
        case .agentTracer: "it traces this agent"
        case .excludedName(let name):
            "programs named \(name) are never stopped; many others depend on them"
        case .environment: "it was started with PTARMIGAN=off in its environment"
        case .controlGroup: "its control group is marked user.ptarmigan=off"
        case .notDumpable:
            "it is not to be traced (PR_SET_DUMPABLE), or has privileges of its file's"
        case .alreadyTraced(let tracer):
            "thread \(tracer) traces it already; end that debugger or tracer first"
        }
    }
}

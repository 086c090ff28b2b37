// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// What the decision to stop a process or not rests on.
package struct ProtectionFacts: Equatable, Sendable {
    package var process: ProcessID
    package var command: String
    package var isKernelThread = false
    /// The effective user of the process.
    package var effectiveUser: UInt32?
    /// The owner of its `status` file.
    package var fileOwner: UInt32?
    package var tracer: ThreadID?
    package var isOptedOutByEnvironment = false
    package var isOptedOutByControlGroup = false

    /// Facts of a process with nothing remarkable about it.
    package init(process: ProcessID, command: String) {
        self.process = process
        self.command = command
    }

    /// Whether the process is seen to be non-dumpable.
    ///
    /// The kernel gives such a process's files to root (proc(5), "/proc/pid"), so the owner
    /// differs from the effective user. For a process of root it cannot be seen from outside.
    package var isKnownNonDumpable: Bool {
        guard let fileOwner, let effectiveUser else { return false }
        return fileOwner != effectiveUser
    }
}

extension ProtectionFacts {
    /// Reads the facts of a process.
    ///
    /// What may not be read counts as no mark: a process whose memory is closed to the agent will
    /// refuse the attach as well.
    package static func read(
        _ process: ProcessID,
        with reader: inout ProcReader,
        marks: ControlGroupMarks
    ) -> ProcReading<ProtectionFacts> {
        let stat: ThreadStat
        switch reader.stat(of: process) {
        case .value(let value): stat = value
        case .gone: return .gone
        case .notPermitted: return .notPermitted
        case .unreadable: return .unreadable
        case .failed(let error): return .failed(error)
        }
        var facts = ProtectionFacts(process: process, command: stat.command)
        facts.isKernelThread = stat.isKernelThread
        guard !facts.isKernelThread else { return .value(facts) }
        facts.fileOwner = reader.owner(of: process).value
        switch reader.status(of: process) {
        case .value(let status):
            facts.effectiveUser = status.users?.effective
            facts.tracer = status.tracer
        case .gone: return .gone
        case .notPermitted, .unreadable, .failed: break
        }
        facts.isOptedOutByEnvironment =
            reader.optOut(of: process).value ?? reader.optOutInMemory(of: process)
        if let path = reader.controlGroup(of: process).value?.unified {
            facts.isOptedOutByControlGroup = marks.isOff(path)
        }
        return .value(facts)
    }
}

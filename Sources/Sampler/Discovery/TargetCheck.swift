// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
package import Profiles

/// Whether a process that a person named can be sampled, and if not, why.
package enum TargetCheck: Equatable, Sendable {
    case allowed(ProcessID)

    case noSuchProcess(ProcessID)

    /// All its threads have exited and its parent has not collected it.
    case exited(ProcessID, command: String)

    /// The number is that of a thread, not of a process.
    case isThread(ThreadID, of: ProcessID)

    case kernelThread(ProcessID, command: String)

    case protected(ProcessID, command: String, ProtectionReason)

    /// `tracerCommand` is empty if the tracer's name cannot be read.
    case alreadyTraced(ProcessID, command: String, by: ThreadID, tracerCommand: String)

    /// The kernel would refuse to attach; `yamaScope` is -1 where there is no Yama.
    case notPermitted(ProcessID, command: String, yamaScope: Int32)

    /// Its files are there, and are unlike any kernel's or cannot be read.
    case unreadable(ProcessID)

    /// Checks one process; nothing is stopped or attached to.
    ///
    /// - Parameter mayAttach: false where nothing can be stopped at all, so that what the kernel
    ///   would say of this one does not matter.
    package static func check(
        _ process: ProcessID,
        policy: ProtectionPolicy,
        beside agent: AgentSurroundings,
        with reader: inout ProcReader,
        marks: ControlGroupMarks,
        mayAttach: Bool = true
    ) -> TargetCheck {
        guard process.rawValue > 0 else { return .noSuchProcess(process) }
        switch reader.status(of: process) {
        case .gone: return .noSuchProcess(process)
        case .value(let status):
            if let owner = status.process, owner != process {
                return .isThread(ThreadID(process.rawValue), of: owner)
            }
            // A leader may be a zombie and its other threads live on.
            if status.state.hasExited, (status.threadCount ?? 0) <= 1 {
                return .exited(process, command: status.command)
            }
        case .notPermitted, .unreadable, .failed: break
        }
        let facts: ProtectionFacts
        switch ProtectionFacts.read(process, with: &reader, marks: marks) {
        case .value(let value): facts = value
        case .gone: return .noSuchProcess(process)
        case .notPermitted:
            return .notPermitted(
                process,
                command: "",
                yamaScope: reader.yamaScope().value ?? -1
            )
        case .unreadable, .failed: return .unreadable(process)
        }
        switch policy.protection(of: facts, beside: agent) {
        case .allowed: break
        case .refused(.kernelThread): return .kernelThread(process, command: facts.command)
        case .refused(.alreadyTraced(let tracer)):
            let tracerStat = reader.stat(of: ProcessID(tracer.rawValue)).value
            return .alreadyTraced(
                process,
                command: facts.command,
                by: tracer,
                tracerCommand: tracerStat?.command ?? ""
            )
        case .refused(let reason): return .protected(process, command: facts.command, reason)
        }
        if mayAttach, AttachPermission.isRefused(process) {
            return .notPermitted(
                process,
                command: facts.command,
                yamaScope: reader.yamaScope().value ?? -1
            )
        }
        return .allowed(process)
    }
}

/// Asks the kernel whether it would let the agent attach, without attaching.
enum AttachPermission {
    /// Whether an attach would fail with `EPERM`; false when that cannot be told.
    ///
    /// process_vm_readv(2) is checked as an attach is (`PTRACE_MODE_ATTACH_REALCREDS`, ptrace(2)),
    /// and before the address is looked at: address 0 gives `EFAULT` where it is granted.
    ///
    /// A process may always read its own memory (`__ptrace_may_access`, kernel/ptrace.c). Where not
    /// even that is let, a seccomp filter forbids the call, which says nothing of an attach.
    static func isRefused(_ process: ProcessID) -> Bool {
        isForbidden(process) && !isForbidden(ProcessID(getpid()))
    }

    private static func isForbidden(_ process: ProcessID) -> Bool {
        var byte: UInt8 = 0
        return cptrace_copy(process.rawValue, &byte, 1, 0) == -Int(EPERM)
    }
}

extension TargetCheck: CustomStringConvertible {
    /// One line: what is the matter with which process, and what to do about it.
    package var description: String {
        switch self {
        case .allowed(let process): "process \(process) can be sampled"
        case .noSuchProcess(let process): "no process \(process); it may have ended"
        case .exited(let process, let command):
            "process \(process) (\(command)) has ended; only its parent has not collected it yet"
        case .isThread(let thread, let process):
            "\(thread) is a thread of process \(process); name the process"
        case .kernelThread(let process, let command):
            "process \(process) (\(command)) is a thread of the kernel; it cannot be sampled"
        case .protected(let process, let command, let reason):
            "process \(process) (\(command)) is not sampled: \(reason)"
        case .alreadyTraced(let process, let command, let tracer, let tracerCommand):
            "process \(process) (\(command)) is traced by \(tracer)"
                + (tracerCommand.isEmpty ? "" : " (\(tracerCommand))")
                + "; a process has one tracer at a time, so end that one first"
        case .notPermitted(let process, let command, let yamaScope):
            "not permitted to attach to process \(process)"
                + (command.isEmpty ? "" : " (\(command))") + Self.remedy(yamaScope)
        case .unreadable(let process):
            "the files of process \(process) cannot be read; is this a full proc file system?"
        }
    }

    static func remedy(_ yamaScope: Int32) -> String {
        switch yamaScope {
        case 3:
            ": kernel.yama.ptrace_scope is 3, which forbids it to everyone until a reboot"
        case 1, 2:
            ": kernel.yama.ptrace_scope is \(yamaScope), so run as root or grant CAP_SYS_PTRACE"
        default:
            ": run as its user or as root, or grant CAP_SYS_PTRACE"
        }
    }
}

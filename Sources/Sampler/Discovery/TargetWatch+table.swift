// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension TargetWatch {
    /// What became of all processes at the latest scan, for people.
    package func table(tier: CapabilityTier) -> TargetTable {
        TargetTable(
            tier: tier.rawValue,
            tierMeaning: tier.meaning,
            rows: known.lazy.map { Self.row($0.value) }
        )
    }

    private static func row(_ process: Known) -> TargetTable.Row {
        switch process.standing {
        case .sampled(let target):
            row(.sampled, target.group.label, "")
        case .excluded(let check):
            if let check {
                row(.excluded, check.command, check.reason)
            } else {
                row(.excluded, process.command, "a rule of the configuration excludes it")
            }
        case .denied(let check):
            row(.denied, check.command, check.reason)
        }
    }

    private static func row(
        _ standing: TargetTable.Standing,
        _ name: String,
        _ reason: String
    ) -> TargetTable.Row {
        TargetTable.Row(standing: standing, name: name, reason: reason, processCount: 1)
    }
}

extension TargetCheck {
    /// The name of the program, as far as it is known.
    fileprivate var command: String {
        switch self {
        case .kernelThread: "threads of the kernel"
        case .exited(_, let command), .protected(_, let command, _),
            .alreadyTraced(_, let command, _, _), .notPermitted(_, let command, _):
            command.isEmpty ? "unknown" : command
        case .allowed, .noSuchProcess, .isThread, .unreadable: "unknown"
        }
    }

    /// Why it is not sampled, without the process's number, which many have in common.
    fileprivate var reason: String {
        switch self {
        case .kernelThread: "they have no stack to read"
        case .protected(_, _, let reason): reason.description
        case .alreadyTraced(_, _, _, let tracer):
            tracer.isEmpty ? "another tracer holds it" : "\(tracer) traces it; end that one first"
        case .notPermitted(_, _, let yamaScope):
            "attaching is not permitted" + Self.remedy(yamaScope)
        case .unreadable: "its files in /proc can't be read"
        case .allowed, .noSuchProcess, .exited, .isThread: ""
        }
    }
}

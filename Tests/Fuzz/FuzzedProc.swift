// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

/// Reads bytes as one of the small files of `/proc`, which the first byte chooses.
enum FuzzedProc {
    static func read(_ bytes: [UInt8]) -> String {
        guard let first = bytes.first else { return "empty" }
        let text = Array(bytes.dropFirst())
        let span = text.span
        return switch first % 6 {
        case 0: ThreadStat.parse(span) == nil ? "no stat" : "stat"
        case 1: ThreadStatus.parse(span) == nil ? "no status" : "status"
        case 2: describe(SystemCallLook.parse(span))
        case 3: SchedulerStatistics.parse(span) == nil ? "no schedstat" : "schedstat"
        case 4: ControlGroup.parse(span) == nil ? "no cgroup" : "cgroup"
        default: describe(ProcessArguments.parse(span))
        }
    }

    private static func describe(_ line: ProcessArguments) -> String {
        precondition(line.arguments.count <= ProcessArguments.maximumArguments)
        return line.arguments.isEmpty ? "no cmdline" : "cmdline"
    }

    private static func describe(_ look: SystemCallLook) -> String {
        switch look {
        case .running: "running"
        case .blocked: "blocked"
        case .blockedOutside: "blocked outside"
        case .unreadable: "no syscall"
        }
    }
}

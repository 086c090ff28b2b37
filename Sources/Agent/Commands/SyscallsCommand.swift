// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Glibc
import Profiles
import Sampler

/// `ptarmigan syscalls`: which system calls are made, how often, how long they take, how they fail.
struct SyscallsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "syscalls",
        abstract: "Count and time the system calls of a command or of a running process.",
        discussion: """
            The command after -- is followed with all that it starts, from its exec to the last \
            end, and its own exit status is returned. A running process is watched in short \
            windows, so that it is held for a small share of the time only; the calls of each \
            second are given where they can be told from that. The table is that of strace -c -w, \
            with percentiles; it goes to the standard error, or to the file of -o.
            """
    )

    @Option(name: [.short, .customLong("pid")], help: "The running process.")
    var pid: Int32?

    @Option(
        name: [.short, .customLong("duration")],
        help: "Seconds for which a running process is watched."
    )
    var duration = 5.0

    @Option(
        name: .customLong("budget.target-pause"),
        help: "Most time for which a running process may be held, as percent of all time."
    )
    var targetPausePercent = 1.0

    @Flag(help: "Watch threads that run in the kernel too; this can cut a transfer short.")
    var visitKernel = false

    @Option(
        name: [.customShort("e"), .customLong("expression")],
        help: "Which calls, as strace has it: trace=openat,%network or trace=!%memory."
    )
    var expression = "trace=all"

    @Flag(help: "Only count: one stop a call, and neither times nor errors.")
    var countsOnly = false

    @Flag(help: "Keep the command and its tracer on one CPU: less cost, and no parallel work.")
    var pin = false

    @Option(
        name: [.customShort("S"), .customLong("summary-sort-by")],
        help: "The column to sort by, or none; by total time unless calls are only counted."
    )
    var order: String?

    @Option(
        name: [.customShort("U"), .customLong("summary-columns")],
        help: "The columns, with commas between them."
    )
    var columns: String?

    @Flag(name: [.customShort("j"), .customLong("json")], help: "Write JSON.")
    var json = false

    @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write.")
    var output: String?

    @Argument(parsing: .postTerminator, help: "The command.")
    var command: [String] = []

    func validate() throws {
        guard (pid == nil) != command.isEmpty else {
            throw ValidationError("name what to watch: one of -p PID or -- COMMAND")
        }
        if let pid, pid <= 0 { throw ValidationError("-p takes the number of a process") }
        guard duration > 0, duration <= 86_400 else {
            throw ValidationError("--duration must be above 0 and at most 86400 seconds")
        }
        guard targetPausePercent > 0, targetPausePercent <= 100 else {
            throw ValidationError("--budget.target-pause must be above 0 and at most 100 percent")
        }
        if pid != nil, countsOnly || pin {
            throw ValidationError(
                "--counts-only and --pin are for commands: their calls are filtered"
            )
        }
        _ = try selection()
        _ = try chosenColumns()
        _ = try chosenOrder()
    }

    func run() async throws {
        try await Failure.reporting {
            if let pid { try await watch(ProcessID(pid)) } else { try await follow() }
        }
    }

    private func watch(_ process: ProcessID) async throws {
        let session = CallWindowSession(
            process: process,
            settings: AttachedCalls.Settings(
                nanoseconds: UInt64(duration * 1e9),
                heldShare: targetPausePercent / 100,
                visitsKernel: visitKernel,
                calls: try selection()
            )
        )
        let outcome = try await session.run()
        try write(outcome.report(title: "process \(process)"))
    }

    private func follow() async throws {
        let session = CallCommandSession(
            command: command,
            calls: try selection(),
            selectionText: selectionText,
            takesTimes: !countsOnly,
            cpu: pin ? CPUAffinity.currentCPU : nil
        )
        let outcome = try await session.run()
        if outcome.hasBegun {
            try write(
                outcome.tally.report(
                    title: command.joined(separator: " "),
                    elapsedNanoseconds: outcome.nanoseconds,
                    coverage: 1
                )
            )
        }
        throw ExitCode(outcome.exit?.shellCode ?? Failure.Code.failed.rawValue)
    }

    private func write(_ report: CallReport) throws {
        try CallOutput(
            path: output,
            isJSON: json,
            columns: try chosenColumns(),
            order: try chosenOrder()
        )
        .write(report)
    }

    private var selectionText: String {
        expression.hasPrefix("trace=") ? String(expression.dropFirst(6)) : expression
    }

    private func selection() throws -> SystemCallSelection {
        do throws(SystemCallSelection.Unknown) {
            return try SystemCallSelection(parsing: selectionText)
        } catch {
            throw ValidationError("-e: \(error.description)")
        }
    }

    private func chosenColumns() throws -> [CallColumn] {
        guard let columns else { return CallColumn.standard }
        return try columns.split(separator: ",", omittingEmptySubsequences: false).map {
            try Self.column(String($0), "-U")
        }
    }

    private func chosenOrder() throws -> CallColumn? {
        guard let order else { return countsOnly ? .calls : .totalTime }
        return order == "none" || order == "nothing" ? nil : try Self.column(order, "-S")
    }

    private static func column(_ name: String, _ option: String) throws -> CallColumn {
        guard let column = CallColumn(named: name) else {
            let names = CallColumn.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option): \(name) is no column; there are \(names)")
        }
        return column
    }
}

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
        abstract: "Count and time the system calls of a command.",
        discussion: """
            The command after -- is followed with all that it starts, from its exec to the last \
            end, and its own exit status is returned. The table is that of strace -c -w, with \
            percentiles; it goes to the standard error, or to the file of -o.
            """
    )

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
        guard !command.isEmpty else { throw ValidationError("name a command after --") }
        _ = try selection()
        _ = try chosenColumns()
        _ = try chosenOrder()
    }

    func run() async throws {
        try await Failure.reporting {
            let session = CallCommandSession(
                command: command,
                calls: try selection(),
                selectionText: selectionText,
                takesTimes: !countsOnly,
                cpu: pin ? CPUAffinity.currentCPU : nil
            )
            let outcome = try await session.run()
            if outcome.hasBegun {
                let report = outcome.tally.report(
                    title: command.joined(separator: " "),
                    elapsedNanoseconds: outcome.nanoseconds,
                    coverage: 1
                )
                try CallOutput(
                    path: output,
                    isJSON: json,
                    columns: try chosenColumns(),
                    order: try chosenOrder()
                )
                .write(report)
            }
            throw ExitCode(outcome.exit?.shellCode ?? Failure.Code.failed.rawValue)
        }
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

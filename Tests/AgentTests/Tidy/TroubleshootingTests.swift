// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

/// Each reason that a metric can name is explained in docs/TROUBLESHOOTING.md.
@Suite struct TroubleshootingTests {
    /// A metric, and the values of the label that says why.
    struct Reasons: CustomTestStringConvertible, Sendable {
        let metric: String
        let values: [String]
        /// The type of the values; nil where it is no `CountedReason`.
        var type: String?

        var testDescription: String { "\(metric), \(type ?? "its own values")" }

        init(_ metric: String, _ values: [String]) {
            self.metric = metric
            self.values = values
        }

        init<Reason: CountedReason>(_ metric: String, _ reason: Reason.Type) {
            self.init(metric, reason.allCases.map(\.rawValue))
            type = "\(reason)"
        }
    }

    /// Those that say what a thread did, and not that something is missing.
    static let states: Set<String> = ["SampleState", "ThreadClass"]

    static let all: [Reasons] = [
        Reasons("ptarmigan_samples_dropped_total", DropReason.self),
        Reasons("ptarmigan_ticks_missed_total", MissedTickReason.self),
        Reasons("ptarmigan_throttled_seconds_total", ThrottleReason.self),
        Reasons("ptarmigan_visits_withheld_total", WithheldReason.self),
        Reasons("ptarmigan_attach_failures_total", AttachFailureReason.self),
        Reasons("ptarmigan_call_repairs_total", RepairOutcome.self),
        Reasons("ptarmigan_short_transfers_total", ShortTransferKind.self),
        Reasons("ptarmigan_parked_total", ParkReason.self),
        Reasons("ptarmigan_verifications_total", VerificationResult.self),
        Reasons("ptarmigan_syscall_windows_total", CallWindowEnd.self),
        Reasons("ptarmigan_syscall_unwatched_threads_total", UnwatchedReason.self),
        Reasons("ptarmigan_unwind_failures_total", StackTruncation.self),
        Reasons("ptarmigan_unwind_failures_total", StackBreak.self),
        Reasons("ptarmigan_symbol_failures_total", symbolFailures),
        Reasons(
            "ptarmigan_web_requests_rejected_total",
            WebUsage.Rejection.allCases.map { "\($0.label)" }
        ),
        Reasons(
            "ptarmigan_admin_requests_total",
            AdminOutcome.allCases.map { "\($0.label)" }
        ),
    ]

    /// They are of several types of a module that knows nothing of metrics, so the sources are
    /// asked.
    static let symbolFailures =
        words("Sources/Images/ImageFailure.swift", /case \.\w+: "(\w+)"/)
        + words("Sources/Images/Symbol.swift", /case \.\w+: "(\w+)"/).filter { $0 != "symbol" }
        + words(
            "Sources/Sampler/Aggregation/FunctionNames.swift",
            /(?:fail|unknown)\("(\w+)"\)/
        )

    private static func words(_ path: String, _ pattern: Regex<(Substring, Substring)>) -> [String]
    {
        (SourceTree.text(of: path) ?? "").matches(of: pattern).map { String($0.1) }
    }

    @Test(arguments: all)
    func explainsEachReason(reasons: Reasons) throws {
        let part = try #require(TroubleshootingPage.part(about: reasons.metric), "no such section")
        #expect(!reasons.values.isEmpty)
        for value in reasons.values {
            #expect(part.contains("`\(value)`"), "\(reasons.metric) may say \(value)")
        }
    }

    @Test func knowsAllTypesOfReasons() {
        let declared = SourceTree.sources.flatMap {
            $0.text.matches(of: /enum (\w+): String, CountedReason/).map { String($0.1) }
        }
        #expect(Set(declared) == Set(Self.all.compactMap(\.type)).union(Self.states))
    }

    @Test("the sources are read as they are written")
    func symbolFailuresAreFound() {
        #expect(Self.symbolFailures.count > 25)
        for known in ["absent", "no_symbols", "unmapped", "anonymous", "contested"] {
            #expect(Self.symbolFailures.contains(known))
        }
    }

    @Test(arguments: ProfileUsage.Code.allCases)
    func explainsEachStatusOfProfiles(code: ProfileUsage.Code) throws {
        let part = try #require(TroubleshootingPage.part(about: "ptarmigan_profile_requests_total"))
        #expect(part.contains("\(code.rawValue)"))
    }
}

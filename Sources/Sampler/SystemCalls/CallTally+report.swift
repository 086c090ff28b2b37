// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Histogram
package import Profiles

extension CallTally {
    /// Calls must last this many times as long as the shortest ones seen for their length to be
    /// theirs, and not that of the stops around them.
    private static let noiseFactor: UInt64 = 10

    /// The calls as they are shown.
    package func report(
        title: String,
        elapsedNanoseconds: UInt64,
        coverage: Double,
        rates: [TracedCall: CallReport.Rate] = [:],
        windows: CallReport.Windows? = nil
    ) -> CallReport {
        // What it costs to see a call that takes no time itself.
        let floor = accounts.values.map(\.shortestNanoseconds).min() ?? 0
        return CallReport(
            title: title,
            elapsedNanoseconds: elapsedNanoseconds,
            rows: accounts.map { call, account in
                CallReport.Row(
                    name: call.name,
                    calls: account.calls,
                    errors: Self.errors(of: account),
                    times: Self.times(of: account, floor: floor),
                    rate: rates[call]
                )
            },
            stops: stops,
            coverage: coverage,
            windows: windows
        )
    }

    private static func errors(of account: CallAccount) -> [CallReport.ErrorCount] {
        account.failures
            .map { CallReport.ErrorCount(name: errorName($0.key), count: $0.value) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }

    private static func times(of account: CallAccount, floor: UInt64) -> CallReport.Times? {
        guard let latencies = account.latencies else { return nil }
        let median = latencies.valueAtPercentile(50)
        return CallReport.Times(
            totalNanoseconds: account.nanoseconds,
            shortestNanoseconds: account.shortestNanoseconds,
            longestNanoseconds: account.longestNanoseconds,
            percentiles: median < floor * noiseFactor
                ? nil
                : CallReport.Percentiles(
                    p50Nanoseconds: median,
                    p99Nanoseconds: latencies.valueAtPercentile(99)
                )
        )
    }

    /// As ENOENT; kernel-internal ones as strace(1) has them.
    private static func errorName(_ number: Int32) -> String {
        if let name = cptrace_error_name(number) { return String(cString: name) }
        return switch number {
        case 512: "ERESTARTSYS"
        case 513: "ERESTARTNOINTR"
        case 514: "ERESTARTNOHAND"
        case 516: "ERESTART_RESTARTBLOCK"
        default: "errno_\(number)"
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// How often a call is made in a second while nobody watches.
///
/// A window does not tell by itself: each call that is watched costs two stops, which slow a thread
/// down that makes many. So each thread's own calls are scaled by what the kernel counted of its
/// reads and writes while it was free; and where there are none, the calls are taken as they are if
/// the thread was hardly held. Otherwise nothing is said.
package enum CallRates {
    /// What is known of one thread.
    package struct Thread: Sendable, Equatable {
        package var calls = ThreadCalls()
        /// What the kernel counted while the thread was free, and for how long it was.
        package var freeTransfers: UInt64 = 0
        package var freeNanoseconds: UInt64 = 0
        /// Its CPU time in all.
        package var runNanoseconds: UInt64 = 0

        package init() {}
    }

    /// So many transfers, watched and free, are needed to scale by.
    static let evidence: UInt64 = 100
    /// How large the share of the time held may be where calls are taken as they are.
    static let mostHeld = 0.06
    /// Rates that may be farther off are not told.
    static let mostError = 0.5
    /// The share of the CPU time that threads may have used whose calls were not seen.
    static let mostUnseen = 0.1

    /// The rates of a process's calls by those of its threads.
    ///
    /// A call is left out if a thread makes it whose own rate is not known.
    package static func rates(
        of threads: [Thread],
        nanoseconds: UInt64
    ) -> [TracedCall: CallReport.Rate] {
        let run = threads.reduce(0.0) { $0 + Double($1.runNanoseconds) }
        let unseen = threads.filter(\.calls.counts.isEmpty)
            .reduce(0.0) { $0 + Double($1.runNanoseconds) }
        let unseenShare = run > 0 ? unseen / run : 0
        guard unseenShare <= mostUnseen else { return [:] }
        var sums: [TracedCall: (perSecond: Double, error: Double)] = [:]
        var unknown: Set<TracedCall> = []
        for thread in threads {
            for (call, count) in thread.calls.counts {
                guard let rate = rate(of: call, count, thread, nanoseconds) else {
                    unknown.insert(call)
                    continue
                }
                sums[call, default: (0, 0)].perSecond += rate.perSecond
                sums[call, default: (0, 0)].error += rate.perSecond * rate.error
            }
        }
        return sums.compactMapValues { sum in
            let error = sum.error / sum.perSecond + unseenShare
            return error <= mostError
                ? CallReport.Rate(perSecond: sum.perSecond, error: error) : nil
        }
        .filter { !unknown.contains($0.key) }
    }

    private static func rate(
        of call: TracedCall,
        _ count: UInt64,
        _ thread: Thread,
        _ nanoseconds: UInt64
    ) -> CallReport.Rate? {
        let calls = thread.calls
        if thread.freeTransfers >= evidence, calls.transfers >= evidence {
            let free = Double(thread.freeTransfers) / (Double(thread.freeNanoseconds) / 1e9)
            return CallReport.Rate(
                perSecond: Double(count) / Double(calls.transfers) * free,
                error: chance(count, of: calls.transfers, isAmong: isTransfer(call))
            )
        }
        let watched = Double(calls.watchedNanoseconds)
        let held = Double(calls.heldNanoseconds)
        guard watched > 0, held <= mostHeld * watched else { return nil }
        // Whether the thread would have made its next call sooner is not known: one that waits for
        // a clock would not. The truth lies between the two.
        let missed = max(0, 1 - watched / Double(max(nanoseconds, 1)))
        return CallReport.Rate(
            perSecond: Double(count) / ((watched - held / 2) / 1e9),
            error: held / 2 / watched + 2 * missed.squareRoot() / Double(count).squareRoot()
        )
    }

    private static func isTransfer(_ call: TracedCall) -> Bool {
        call.countedTransfers(failure: nil) > 0
    }

    /// By how much a proportion may be off by chance, in 95 of 100 cases.
    private static func chance(_ count: UInt64, of total: UInt64, isAmong: Bool) -> Double {
        let (count, total) = (Double(count), Double(total))
        let variance =
            isAmong ? max(0, 1 - count / total) / count : 1 / count + 1 / total
        return 2 * variance.squareRoot()
    }
}

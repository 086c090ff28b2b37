// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension Aggregator {
    /// Sets which calls' durations are kept from now on; what was counted of others stays.
    package func time(_ calls: TimedCalls) { timedCalls = calls }

    /// Takes in what a window saw of a process's system calls.
    package func add(_ window: CallWindow.Outcome, of id: ProcessID) {
        if let end = window.end { windowEnds.increment(end) }
        for reason in window.unwatched.values { unwatched.increment(reason) }
        guard let group = processes[id]?.group else { return }
        let seconds = window.threads.values.reduce(0.0) {
            $0 + Double($1.watchedNanoseconds) / 1e9
        }
        table.update(group.label) { counters in
            counters.addObserved(seconds: seconds)
            for (call, account) in window.tally.accounts {
                counters.addCalls(call.name, account.calls, failures: account.failureCount)
                guard timedCalls.names.contains(call.name), let durations = account.durations
                else { continue }
                counters.addDurations(call.name, durations)
            }
        }
    }
}

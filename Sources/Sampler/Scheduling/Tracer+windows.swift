// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension Tracer {
    /// Says whose system calls are watched.
    package func watchCalls(of scope: WindowScope) { windowScope = scope }

    /// Chooses the process that used most CPU time since its last window, of those whose pause
    /// budget has something left over, and visits it no more until `endWindow`.
    ///
    /// - Returns: nil while there is none.
    package func beginWindow() -> WindowTurn? {
        guard windowScope != .off, !isPaused, configuration.visits else { return nil }
        let now = MonotonicInstant.now()
        var best: (index: Int, used: UInt64, grant: UInt64)?
        for index in processes.indices {
            let process = processes[index]
            guard !process.hasEnded, !process.isWatched, !process.isLent,
                windowScope.includes(process.group),
                letAlone[process.id].map({ $0 <= now }) ?? true
            else { continue }
            let used = process.clockNanoseconds &- process.windowClockNanoseconds
            guard used > best?.used ?? 0 else { continue }
            let grant = budget.windowGrant(process.allowance, nowNanoseconds: now.nanoseconds)
            if grant > 0 { best = (index, used, grant) }
        }
        guard let best else { return nil }
        processes[best.index].isWatched = true
        return WindowTurn(
            process: processes[best.index].id,
            heldNanoseconds: best.grant,
            agentSecondsPerSecond: budget.limits.agentSecondsPerSecond
        )
    }

    /// Charges a window, and has the process visited again.
    package func endWindow(of process: ProcessID, _ window: CallWindow.Outcome?) {
        guard let index = processes.firstIndex(where: { $0.id == process && $0.isWatched }) else {
            return
        }
        processes[index].isWatched = false
        processes[index].windowClockNanoseconds = processes[index].clockNanoseconds
        guard let window else { return }
        budget.chargeWindow(
            &processes[index].allowance,
            heldNanoseconds: window.heldNanoseconds,
            longestNanoseconds: window.longestHeldNanoseconds,
            nowNanoseconds: MonotonicInstant.now().nanoseconds
        )
        processes[index].pauseNanoseconds += window.heldNanoseconds
        pauses.merge(window.pauses)
        counters.repairs.merge(window.repairs)
        counters.shortTransfers.merge(window.shortTransfers)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Sampler

/// A live view as text: one table for each period, whole and without a limit of columns.
struct TopTextView {
    let subject: TopHeader.Subject
    let options: TopSession.Options
    /// What the view asks of the sampling behind it.
    let sampling: TopSampling
    /// Writes bytes; false if nobody reads them any more.
    var output: @Sendable ([UInt8]) -> Bool = { FileBytes.write($0, to: 1) }

    /// Writes what comes, until the end.
    func show(_ events: TopEvents) async -> TopSession.End {
        let sources = events.hearSignals(ofTerminal: false)
        defer { for source in sources { source.cancel() } }
        var state = TopState(view: options.view, showsWaits: options.showsWaits)
        var periods = 0
        var isLast = false
        for await event in events.stream {
            switch event {
            case .window(let window):
                state.add(window)
                guard await write(state, after: periods) else { return .asked }
                periods += 1
                if isLast { return .targetsEnded }
                if periods == options.periods { return .asked }
            case .interrupted: return .asked
            case .targetsEnded:
                // What was seen of the last ones is still to be shown.
                isLast = true
                await sampling.endPeriod()
            case .typed, .resized, .suspended: break
            }
        }
        return .asked
    }

    private func write(_ state: TopState, after periods: Int) async -> Bool {
        let header = TopHeader(
            subject: subject,
            deniedCount: await sampling.deniedCount()
        )
        let lines = TopScreen(header: header, size: .unlimited).lines(of: state)
        let text = (periods > 0 ? "\n" : "") + lines.map { $0.text + "\n" }.joined()
        return output(Array(text.utf8))
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Sampler

/// A live view on a terminal, with keys.
struct TopTerminalView {
    let subject: TopHeader.Subject
    let options: TopSession.Options
    /// What the view asks of the sampling behind it.
    let sampling: TopSampling

    /// Shows what comes, until the end.
    func show(_ events: TopEvents, on terminal: inout Terminal) async -> TopSession.End {
        let sources = [events.hearKeys(of: terminal.input)] + events.hearSignals(ofTerminal: true)
        defer { for source in sources { source.cancel() } }
        var state = TopState(view: options.view, showsWaits: options.showsWaits)
        var keys = TopKeys()
        var deniedCount = 0
        var periods = 0
        draw(state, deniedCount, on: terminal, isClean: true)
        for await event in events.stream {
            var isClean = false
            switch event {
            case .window(let window):
                state.add(window)
                deniedCount = await sampling.deniedCount()
                periods += 1
                if periods == options.periods { return .asked }
            case .typed(let bytes):
                for action in keys.actions(of: bytes) {
                    let screen = screen(deniedCount, on: terminal)
                    switch state.apply(action, page: screen.page(of: state)) {
                    case .quit: return .asked
                    case .clearAndDraw: isClean = true
                    case .draw: break
                    }
                }
            case .resized: isClean = true
            case .suspended:
                await suspend(&terminal)
                isClean = true
            case .interrupted: return .asked
            case .targetsEnded: return .targetsEnded
            }
            draw(state, deniedCount, on: terminal, isClean: isClean)
        }
        return .asked
    }

    private func screen(_ deniedCount: Int, on terminal: borrowing Terminal) -> TopScreen {
        TopScreen(
            header: TopHeader(subject: subject, deniedCount: deniedCount),
            size: terminal.size
        )
    }

    private func draw(
        _ state: TopState,
        _ deniedCount: Int,
        on terminal: borrowing Terminal,
        isClean: Bool
    ) {
        let screen = screen(deniedCount, on: terminal)
        terminal.draw(screen.lines(of: state), isClean: isClean)
    }

    /// Gives the terminal back and stops, until the shell continues this program.
    private func suspend(_ terminal: inout Terminal) async {
        await sampling.settle()
        terminal.release()
        TopEvents.suspend()
        terminal.take()
        await sampling.goOn()
    }
}

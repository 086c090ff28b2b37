// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

/// A live view as its user has set it: what was seen, and which part of it is shown.
struct TopState {
    /// What is to be done after an action.
    enum Outcome: Hashable {
        case draw
        case clearAndDraw
        case quit
    }

    /// What was seen so far.
    private(set) var model = TopModel()
    /// What is shown while the display is paused.
    private var held: TopModel?
    private(set) var view: TopView
    private(set) var showsWaits: Bool
    private(set) var order = TopOrder.ownShare
    private(set) var showsHelp = false
    /// The first row that is shown.
    private(set) var offset = 0

    init(view: TopView, showsWaits: Bool) {
        self.view = view
        self.showsWaits = showsWaits
    }

    var shown: TopModel { held ?? model }
    var isPaused: Bool { held != nil }
    var table: TopTable { shown.table(by: view, isWall: showsWaits) }

    /// Takes in a period.
    mutating func add(_ window: RecordedWindow) { model.add(window) }

    /// Does what a key asks for.
    ///
    /// - Parameter page: how many rows there is room for.
    mutating func apply(_ action: TopAction, page: Int) -> Outcome {
        // Whatever key is pressed, it takes the help away; only the end is the end.
        if showsHelp, action != .quit {
            showsHelp = false
            return .draw
        }
        switch action {
        case .quit: return .quit
        case .help: showsHelp = true
        case .view(let view):
            self.view = view
            offset = 0
        case .toggleWaits:
            showsWaits.toggle()
            offset = 0
        case .sort(let order):
            self.order = order
            offset = 0
        case .reset:
            model.reset()
            held?.reset()
            offset = 0
        case .pause: held = isPaused ? nil : model
        case .scrollRows(let rows): scroll(by: rows, page: page)
        case .scrollPages(let pages): scroll(by: pages * max(1, page), page: page)
        case .scrollToTop: offset = 0
        case .scrollToEnd: scroll(by: table.count, page: page)
        case .redraw: return .clearAndDraw
        case .unknown: break
        }
        return .draw
    }

    private mutating func scroll(by rows: Int, page: Int) {
        offset = max(0, min(offset + rows, table.count - max(1, page)))
    }
}

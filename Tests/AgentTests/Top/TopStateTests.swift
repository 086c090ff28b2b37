// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct TopStateTests {
    private let fixture = TopFixture()

    private func state(functions: Int) -> TopState {
        var state = TopState(view: .function, showsWaits: false)
        for number in 0..<functions {
            state.add(fixture.window(.init(names: "f\(number)", milliseconds: 10)))
        }
        return state
    }

    private func apply(_ action: TopAction, to state: inout TopState) -> TopState.Outcome {
        state.apply(action, page: 10)
    }

    @Test func keysChangeTheView() {
        var state = state(functions: 1)
        #expect(apply(.view(.thread), to: &state) == .draw)
        #expect(state.view == .thread)
        #expect(apply(.toggleWaits, to: &state) == .draw)
        #expect(state.showsWaits)
        #expect(apply(.sort(.totalTime), to: &state) == .draw)
        #expect(state.order == .totalTime)
        #expect(apply(.redraw, to: &state) == .clearAndDraw)
        #expect(apply(.quit, to: &state) == .quit)
    }

    @Test func anyKeyTakesTheHelpAwayAndDoesNothingElse() {
        var state = state(functions: 1)
        #expect(apply(.help, to: &state) == .draw)
        #expect(state.showsHelp)
        #expect(apply(.view(.group), to: &state) == .draw)
        #expect(!state.showsHelp)
        #expect(state.view == .function)
        #expect(apply(.help, to: &state) == .draw)
        #expect(apply(.unknown, to: &state) == .draw)
        #expect(!state.showsHelp)
        #expect(apply(.help, to: &state) == .draw)
        #expect(apply(.quit, to: &state) == .quit)
    }

    @Test func scrollsWithinTheRows() {
        var state = state(functions: 25)
        #expect(apply(.scrollRows(-1), to: &state) == .draw)
        #expect(state.offset == 0)
        #expect(apply(.scrollPages(1), to: &state) == .draw)
        #expect(state.offset == 10)
        #expect(apply(.scrollToEnd, to: &state) == .draw)
        #expect(state.offset == 15)
        #expect(apply(.scrollRows(1), to: &state) == .draw)
        #expect(state.offset == 15)
        #expect(apply(.scrollRows(-1), to: &state) == .draw)
        #expect(state.offset == 14)
        #expect(apply(.view(.thread), to: &state) == .draw)
        #expect(state.offset == 0)
    }

    @Test func aPauseHoldsTheDisplayAndNotTheCount() {
        var state = state(functions: 1)
        #expect(apply(.pause, to: &state) == .draw)
        state.add(fixture.window(.init(names: "later", milliseconds: 10)))
        #expect(state.isPaused)
        #expect(state.table.count == 1)
        #expect(apply(.pause, to: &state) == .draw)
        #expect(state.table.count == 2)
    }

    @Test func aResetBeginsAnewAlsoInAPause() {
        var state = state(functions: 1)
        #expect(apply(.pause, to: &state) == .draw)
        #expect(apply(.reset, to: &state) == .draw)
        #expect(state.table.count == 0)
        #expect(apply(.pause, to: &state) == .draw)
        #expect(state.table.count == 0)
    }
}

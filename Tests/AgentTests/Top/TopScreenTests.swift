// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct TopScreenTests {
    private let fixture = TopFixture()

    private var state: TopState {
        var state = TopState(view: .function, showsWaits: false)
        for number in 0..<40 {
            state.add(
                fixture.window(
                    .init(names: "main f\(number)", milliseconds: 10),
                    .init(
                        names: "main 関数\u{1b}[31m\(String(repeating: "名", count: 200))",
                        milliseconds: 5,
                        object: String(repeating: "長", count: 90)
                    ),
                    .init(names: String(repeating: "long::", count: 100), milliseconds: 5)
                )
            )
        }
        return state
    }

    private static let sizes = [
        (80, 24), (40, 10), (132, 50), (60, 12), (59, 7), (20, 5), (10, 3), (2, 2), (1, 1),
    ]

    @Test(arguments: sizes, TopView.allCases)
    func nothingIsLargerThanTheScreen(size: (Int, Int), view: TopView) {
        let screen = fixture.screen(columns: size.0, rows: size.1)
        var state = state
        let page = screen.page(of: state)
        for action in [.view(view), .sort(.totalTime), .scrollToEnd, .help] as [TopAction] {
            #expect(state.apply(action, page: page) == .draw)
            let lines = screen.lines(of: state)
            #expect(lines.count <= size.1)
            for line in lines {
                #expect(DisplayWidth.columns(of: line.text) <= size.0, "\(line.text)")
                #expect(!line.text.unicodeScalars.contains { $0.value < 0x20 }, "\(line.text)")
            }
        }
    }

    @Test func aUsualScreenIsFull() {
        let lines = fixture.screen(columns: 80, rows: 24).lines(of: state)
        #expect(lines.count == 24)
        #expect(lines.filter { $0.style == .titles }.count == 1)
        #expect(lines.last?.text.hasPrefix("q quit  h help") == true)
        #expect(lines.last?.style == .quiet)
    }

    @Test func scrollingShowsOtherRows() {
        var state = state
        let screen = fixture.screen(columns: 80, rows: 24)
        let first = screen.lines(of: state)
        #expect(state.apply(.scrollPages(1), page: screen.page(of: state)) == .draw)
        let second = screen.lines(of: state)
        #expect(first[4] != second[4])
        #expect(second.last?.text.hasPrefix("rows 21-40 of 44 ") == true, "\(second)")
    }

    @Test func textThatIsNoScreenHasAllOfIt() {
        let lines = fixture.screen(.unlimited).lines(of: state)
        // Two lines above, the titles, `main` in two objects, f0 to f39, and two long names.
        #expect(lines.count == 2 + 1 + 44)
        #expect(lines.contains { $0.text.contains(String(repeating: "long::", count: 100)) })
        #expect(!lines.contains { $0.text.hasPrefix("q quit") })
    }
}

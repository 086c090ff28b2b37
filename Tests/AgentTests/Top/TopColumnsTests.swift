// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct TopColumnsTests {
    private let fixture = TopFixture()

    private func rows(_ view: TopView, width: Int, order: TopOrder = .ownShare) -> [String] {
        var state = fixture.state(
            fixture.window(
                .init(names: "main hot_sixty", milliseconds: 600),
                .init(names: "main cold", milliseconds: 300, thread: 12, threadName: nil),
                .init(names: "main \(String(repeating: "f", count: 90))", milliseconds: 100)
            ),
            view: view
        )
        _ = state.apply(.sort(order), page: 1)
        let columns = TopColumns(view: view, order: order, width: width)
        return [columns.titles]
            + state.table.sorted(by: order).map { columns.text(of: $0, in: state.table) }
    }

    @Test func functions() {
        let long = String(repeating: "f", count: 33) + "+ (busy)"
        #expect(
            rows(.function, width: 80) == [
                "   *%Own  %Total    OwnTime  TotalTime  Function (object)",
                "  60.00%  60.00%      0.600      0.600  hot_sixty (busy)",
                "  30.00%  30.00%      0.300      0.300  cold (busy)",
                "  10.00%  10.00%      0.100      0.100  \(long.dropFirst(1))",
                "   0.00% 100.00%      0.000      1.000  main (busy)",
            ]
        )
    }

    @Test func narrowScreensHaveNoTimes() {
        let rows = rows(.function, width: 40)
        #expect(rows[0] == "   *%Own  %Total  Function (object)")
        #expect(rows[1] == "  60.00%  60.00%  hot_sixty (busy)")
        #expect(rows[3] == "  10.00%  10.00%  ffffffffffffff+ (busy)")
    }

    @Test func threads() {
        #expect(
            rows(.thread, width: 80, order: .totalTime) == [
                "    %Own   *OwnTime      PID      TID  Thread              Busiest with",
                "  70.00%      0.700       10       11  worker              hot_sixty (busy)",
                "  30.00%      0.300       10       12  busy                cold (busy)",
            ]
        )
    }

    @Test func groups() {
        #expect(
            rows(.group, width: 40) == ["   *%Own  Group", " 100.00%  busy"]
        )
    }

    @Test func unlimitedTextIsNotCut() {
        #expect(rows(.function, width: .max)[3].hasSuffix("fff (busy)"))
    }
}

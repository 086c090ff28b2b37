// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Testing

@testable import Agent

@Suite struct TopTableTests {
    private let fixture = TopFixture()

    private func names(_ table: TopTable, by order: TopOrder) -> [String] {
        table.sorted(by: order).map { row in
            switch row.key {
            case .function(let name): name.function
            case .owner(let owner): owner.name
            }
        }
    }

    @Test func sharesAreOfThePeriodAndTimesAddUp() throws {
        var table = TopTable()
        table.add(
            FunctionTable(
                fixture.window(
                    .init(names: "main f", milliseconds: 300),
                    .init(names: "main g", milliseconds: 100)
                ).profile
            )
        )
        table.add(FunctionTable(fixture.window(.init(names: "main g", milliseconds: 50)).profile))
        #expect(table.periodNanoseconds == 50_000_000)
        #expect(table.nanoseconds == 450_000_000)
        let rows = table.sorted(by: .ownShare)
        let g = try #require(rows.first)
        #expect(g.key == .function(FrameTable.Row(function: "g", object: "busy")))
        #expect(g.periodOwn == 50_000_000)
        #expect(g.own == 150_000_000)
        let f = try #require(rows.first { $0.own == 300_000_000 })
        #expect(f.periodOwn == 0)
    }

    @Test func sortsByEachColumn() {
        var table = TopTable()
        table.add(
            FunctionTable(fixture.window(.init(names: "main old", milliseconds: 900)).profile)
        )
        table.add(
            FunctionTable(
                fixture.window(
                    .init(names: "main f new", milliseconds: 300),
                    .init(names: "main f", milliseconds: 100)
                ).profile
            )
        )
        #expect(names(table, by: .ownShare) == ["new", "f", "main", "old"])
        #expect(names(table, by: .totalShare) == ["f", "main", "new", "old"])
        #expect(names(table, by: .ownTime) == ["old", "new", "f", "main"])
        #expect(names(table, by: .totalTime) == ["main", "old", "f", "new"])
    }

    @Test func ownersKeepWhatTheyWereBusyWithLast() {
        var table = TopTable()
        table.add(
            OwnerTable(fixture.window(.init(names: "main f", milliseconds: 1)).profile, by: .thread)
        )
        table.add(OwnerTable(fixture.window().profile, by: .thread))
        #expect(names(table, by: .ownShare) == ["worker"])
        #expect(table.sorted(by: .ownShare).first?.busiest?.function == "f")
        #expect(table.sorted(by: .ownShare).first?.periodOwn == 0)
    }

    @Test func tooManyRowsBecomeOneThatIsCounted() throws {
        var table = TopTable(limit: 10)
        for number in 0..<1_000 {
            let time = UInt64(number % 100) + 1
            table.add(
                FunctionTable(
                    fixture.window(.init(names: "f\(number)", milliseconds: time)).profile
                )
            )
            #expect(table.count <= 10)
        }
        let rows = table.sorted(by: .ownTime)
        // Nothing is lost but names.
        #expect(rows.reduce(0) { $0 + $1.own } == table.nanoseconds)
        #expect(rows.contains { $0.key == .other })
        #expect(table.mergedRows > 900)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct UnwindPageTests {
    private func builder(_ rows: [(rule: UInt16, offset: UInt16)]) -> UnwindPageBuilder {
        var builder = UnwindPageBuilder()
        for row in rows { builder.set(row.rule, from: row.offset) }
        return builder
    }

    @Test func findsTheLastRowThatIsNotBehind() {
        let page = UnwindPage(builder([(7, 16), (8, 17), (9, 0xffff)]))
        #expect(page.isCompiled)
        #expect(page.count == 4)
        #expect(page.byteCount == 16)
        for (offset, rule) in [
            (0, 0), (15, 0), (16, 7), (17, 8), (0x8000, 8), (0xfffe, 8), (0xffff, 9),
        ] as [(UInt16, UInt16)] {
            #expect(page.rule(at: offset) == rule)
        }
    }

    @Test(arguments: 1...40)
    func findsEveryRow(count: Int) {
        let rows = (0..<count).map { (rule: UInt16($0 + 1), offset: UInt16($0 * 3)) }
        let page = UnwindPage(builder(rows))
        for row in rows {
            #expect(page.rule(at: row.offset) == row.rule)
            #expect(page.rule(at: row.offset + 2) == row.rule)
        }
    }

    @Test func isAGapWhereNothingWasCompiled() {
        #expect(!UnwindPage().isCompiled)
        #expect(UnwindPage().rule(at: 5) == UnwindRuleSet.gap)
        #expect(UnwindPage(UnwindPageBuilder()).isCompiled)
    }

    /// The rules of a builder by their offsets.
    private func rules(_ builder: UnwindPageBuilder) -> [UInt32: UInt16] {
        let pairs = builder.rows.map { ($0 >> 16, UInt16(truncatingIfNeeded: $0)) }
        #expect(builder.rows == builder.rows.sorted())
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test func joinsEqualRowsAndReplacesThoseOfOneOffset() {
        #expect(rules(builder([(7, 0), (7, 16), (8, 32)])) == [0: 7, 32: 8])
        #expect(rules(builder([(7, 16), (8, 16)])) == [0: 0, 16: 8])
        #expect(rules(builder([(7, 16), (0, 32), (7, 32)])) == [0: 0, 16: 7])
        // Nothing goes back.
        #expect(rules(builder([(7, 16), (8, 15)])) == [0: 0, 16: 7])
    }

    @Test func fillsGapsAlone() {
        var first = builder([(7, 16), (0, 32), (8, 64)])
        first.fillGaps(from: builder([(5, 8), (6, 24), (0, 40)]))
        #expect(rules(first) == [0: 0, 8: 5, 16: 7, 32: 6, 40: 0, 64: 8])
        var empty = UnwindPageBuilder()
        empty.fillGaps(from: first)
        #expect(empty.rows == first.rows)
        first.fillGaps(from: UnwindPageBuilder())
        #expect(empty.rows == first.rows)
    }
}

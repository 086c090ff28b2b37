// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct AddressTableTests {
    @Test func findsTheRangeThatBeginsLast() {
        var table = AddressTable<String>()
        table.add(from: 20, to: 30, "late")
        table.add(from: 0, to: 100, "whole")
        table.add(from: 22, to: 24, "inner")
        table.add(from: 5, to: 5, "empty")
        table.add(from: 9, to: 3, "reversed")
        table.sort()
        #expect(table.count == 3)
        #expect(
            [0, 5, 21, 22, 24, 30, 99, 100].map { table.value(at: $0) }
                == ["whole", "whole", "late", "inner", "late", "whole", "whole", nil]
        )
    }

    @Test("Ranges of functions that were thrown away all begin at 0, and do not hide the others")
    func discarded() {
        var table = AddressTable<Int>()
        for size in 1...1000 { table.add(from: 0, to: UInt64(size), size) }
        table.add(from: 0x1000, to: 0x2000, -1)
        table.sort()
        #expect(table.value(at: 0x1800) == -1)
        #expect(table.value(at: 0x2000) == nil)
    }
}

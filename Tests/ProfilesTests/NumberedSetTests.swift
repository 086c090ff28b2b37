// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct NumberedSetTests {
    @Test func numbersInTheOrderOfArrival() {
        var set = NumberedSet<String>()
        let inserted = [set.insert("a"), set.insert("b"), set.insert("a")]
        #expect(inserted.map(\.number) == [0, 1, 0])
        #expect(inserted.map(\.isNew) == [true, true, false])
        #expect(set.count == 2)
        #expect(set[1] == "b")
        #expect(set.number(of: "c") == nil)
    }
}

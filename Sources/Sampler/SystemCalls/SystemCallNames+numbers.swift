// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension SystemCallNames {
    /// The native numbers of calls by name.
    static let numbers = inverted(byNumber)

    /// The numbers of 32-bit calls by name; empty where a kernel serves none that are told apart.
    static let numbers32 = inverted(byNumber32)

    /// A name is in a table once, as the tables' tests show.
    private static func inverted(_ table: [Int32: StaticString]) -> [String: Int32] {
        var numbers: [String: Int32] = [:]
        numbers.reserveCapacity(table.count)
        for (number, name) in table { numbers[name.description] = number }
        return numbers
    }
}

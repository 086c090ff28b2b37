// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Values that are numbered in the order in which they come.
struct NumberedSet<Element: Hashable & Sendable>: Sendable {
    private(set) var elements: [Element] = []
    private var numbers: [Element: Int32] = [:]

    var count: Int { elements.count }

    subscript(number: Int32) -> Element { elements[Int(number)] }

    func number(of element: Element) -> Int32? { numbers[element] }

    mutating func insert(_ element: Element) -> (number: Int32, isNew: Bool) {
        if let known = numbers[element] { return (known, false) }
        let number = Int32(elements.count)
        elements.append(element)
        numbers[element] = number
        return (number, true)
    }
}

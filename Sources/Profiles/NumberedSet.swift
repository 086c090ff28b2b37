// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Values that are numbered in the order in which they come, each once.
package struct NumberedSet<Element: Hashable> {
    // Inlinable: other modules would go through the unspecialised form of it.
    @usableFromInline var stored: [Element] = []
    @usableFromInline var numbers: [Element: Int] = [:]

    @inlinable package init() {}

    /// In the order of their numbers.
    @inlinable package var elements: [Element] { stored }

    @inlinable package var count: Int { stored.count }

    @inlinable package subscript(number: Int) -> Element { stored[number] }

    /// The number of a value; nil for one that is not there.
    @inlinable package func number(of element: Element) -> Int? { numbers[element] }

    /// The number of a value, new or known.
    @inlinable package mutating func insert(_ element: Element) -> (number: Int, isNew: Bool) {
        if let known = numbers[element] { return (known, false) }
        stored.append(element)
        numbers[element] = stored.count - 1
        return (stored.count - 1, true)
    }
}

extension NumberedSet: Sendable where Element: Sendable {}

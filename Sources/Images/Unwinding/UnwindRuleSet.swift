// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The different rules of a file, each once: real files have some hundreds for a million rows.
struct UnwindRuleSet {
    /// The number of the rule for places that no function describes.
    static let gap: UInt16 = 0
    /// The number of the rule for rows that are to be evaluated in full.
    static let slow: UInt16 = 1
    /// The number of the rule for what contradicts the format.
    static let malformed: UInt16 = 2

    /// How many rows were given `slow` since there was no number left.
    private(set) var overflowCount: UInt64 = 0

    private var rules: [UnwindRule]
    // Hashed with a seed of this process: nobody can choose rules that collide.
    private var numbers: [UnwindRule: UInt16]
    // The number that each fingerprint had last: most rows of a page need no more than that.
    private var recent = InlineArray<256, UInt16>(repeating: UnwindRuleSet.gap)
    private let capacity: Int

    /// The three rules above.
    ///
    /// - Parameter capacity: The most rules; never more than a number can name.
    init(capacity: Int = 1 << 16) {
        rules = [UnwindRule(.gap), UnwindRule(.slow), UnwindRule(.malformed)]
        numbers = [rules[0]: Self.gap, rules[1]: Self.slow, rules[2]: Self.malformed]
        self.capacity = min(capacity, 1 << 16)
    }

    /// How many rules there are.
    var count: Int { rules.count }

    /// The memory of the rules, in bytes.
    var byteCount: Int {
        rules.capacity * MemoryLayout<UnwindRule>.stride
            + numbers.capacity * (MemoryLayout<UnwindRule>.stride + MemoryLayout<UInt16>.stride)
    }

    /// The rule of a number that `number` returned.
    subscript(number: UInt16) -> UnwindRule { rules[Int(number)] }

    /// The number of a rule, a new one if it has none.
    mutating func number(of rule: UnwindRule) -> UInt16 {
        let place = Int(rule.fingerprint)
        if rules[Int(recent[place])] == rule { return recent[place] }
        if let number = numbers[rule] {
            recent[place] = number
            return number
        }
        guard rules.count < capacity, let number = UInt16(exactly: rules.count) else {
            overflowCount &+= 1
            return Self.slow
        }
        rules.append(rule)
        numbers[rule] = number
        return number
    }
}

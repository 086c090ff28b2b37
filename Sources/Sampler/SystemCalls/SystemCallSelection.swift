// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Which system calls are traced, chosen as with strace's `-e trace=`.
///
/// The kernel serves 32-bit programs too where the machine is x86-64, by other numbers. What is
/// selected there are the calls of the same names, and the names that only 32-bit calls have.
package struct SystemCallSelection: Sendable, Equatable {
    /// Every call, with those that no table here has.
    package static let all = SystemCallSelection(isInverted: true)

    /// No call at all.
    package static let none = SystemCallSelection(isInverted: false)

    /// Whether the calls listed are those that are not selected.
    private var isInverted: Bool
    private var listed: Set<Int32> = []
    private var listed32: Set<Int32> = []

    private init(isInverted: Bool) { self.isInverted = isInverted }

    /// Reads what follows `-e trace=`, as strace does.
    ///
    /// That is a list with commas of names, numbers and sets (`%file` or `file`), or `all` or
    /// `none`. A `!` before the list inverts it. A `?` before a word lets it be unknown: not every
    /// machine has every call.
    package init(parsing text: String) throws(Unknown) {
        guard text.utf8.count <= Self.maximumBytes else { throw .tooLong }
        let list = text.drop { $0 == "!" }
        let words = list.split(separator: ",")
        guard !words.isEmpty else { throw .empty }
        guard words.count <= Self.maximumWords else { throw .tooManyWords }
        self = .none
        var hasAll = false
        for word in words {
            let name = String(word.drop { $0 == "?" })
            let isOptional = name.count < word.count && !name.isEmpty
            switch name {
            case "all": hasAll = true
            case "none": break
            default:
                guard insert(name) || isOptional else {
                    throw .word(name, meant: Self.suggestion(for: name))
                }
            }
        }
        if hasAll { self = .all }
        // As strace has it, a second one inverts back.
        if (text.count - list.count) % 2 == 1 { isInverted.toggle() }
    }

    /// Whether each and every call is selected.
    package var isAll: Bool { isInverted && listed.isEmpty && listed32.isEmpty }

    /// Whether calls are selected that no table here has, such as a newer kernel's.
    package var includesUnknown: Bool { isInverted }

    /// The native numbers that are selected, in order: those that the table has, and those given
    /// as numbers.
    package var numbers: [Int32] { selected(listed, of: SystemCallNames.byNumber) }

    /// The numbers of the 32-bit calls that are selected, in order.
    package var numbers32: [Int32] { selected(listed32, of: SystemCallNames.byNumber32) }

    /// Whether a native call is selected.
    package func contains(_ call: SystemCallNumber) -> Bool {
        listed.contains(call.rawValue) != isInverted
    }

    /// Whether a call is selected, by whichever interface it was made.
    package func contains(_ call: TracedCall) -> Bool {
        let list = call.interface == .bits32 ? listed32 : listed
        return list.contains(call.number.rawValue) != isInverted
    }

    private func selected(_ listed: Set<Int32>, of table: [Int32: StaticString]) -> [Int32] {
        isInverted ? table.keys.filter { !listed.contains($0) }.sorted() : listed.sorted()
    }

    // MARK: - Words

    /// Lists what a word stands for; false if that is nothing.
    private mutating func insert(_ word: String) -> Bool {
        if let number = Self.number(word) {
            listed.insert(number)
            if let name = SystemCallNames.byNumber[number] { insertName32(name.description) }
            return true
        }
        if let members = Self.members(ofSet: word) {
            for name in members { _ = insertName(name.description) }
            return true
        }
        return insertName(word)
    }

    private mutating func insertName(_ name: String) -> Bool {
        let isOf32Bits = insertName32(name)
        guard let number = SystemCallNames.numbers[name] else { return isOf32Bits }
        listed.insert(number)
        return true
    }

    @discardableResult
    private mutating func insertName32(_ name: String) -> Bool {
        guard let number = SystemCallNames.numbers32[name] else { return false }
        listed32.insert(number)
        return true
    }

    /// A native number, alone or in the name that a call without one has (`syscall_NNN`).
    private static func number(_ word: String) -> Int32? {
        let digits = word.hasPrefix("syscall_") ? word.dropFirst(8) : word[...]
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int32(digits), number <= maximumNumber
        else { return nil }
        return number
    }

    /// The calls of a set, whose `%` may be missing.
    ///
    /// Two 32-bit calls have a set's name, `ipc` and `signal`; they are in those sets.
    private static func members(ofSet word: String) -> [StaticString]? {
        let name = word.hasPrefix("%") ? String(word.dropFirst()) : word
        return SystemCallSets.byName[name == "net" ? "network" : name]
    }

    // MARK: - Limits

    /// The longest text that is read, in bytes.
    package static let maximumBytes = 4_096

    /// The most words that a text has.
    package static let maximumWords = 1_024

    /// Greater than the number of any call, with room for those to come.
    package static let maximumNumber: Int32 = 4_095
}

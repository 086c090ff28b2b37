// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

@testable import Images

/// A stack for a step to read: words by their addresses.
struct StackFixture {
    var base: UInt64 = 0x7000
    var words: [UInt64]

    /// A stack whose words are their own addresses.
    init(base: UInt64 = 0x7000, count: Int = 64) {
        self.base = base
        words = (0..<count).map { base + UInt64($0) * 8 }
    }

    subscript(address: UInt64) -> UInt64 {
        get { words[Int(address - base) / 8] }
        set { words[Int(address - base) / 8] = newValue }
    }

    /// Calls with the copy of the stack.
    func with<Result>(_ body: (StackBytes) throws -> Result) rethrows -> Result {
        try words.withUnsafeBytes { try body(StackBytes(base: Address(base), bytes: $0)) }
    }
}

extension RegisterFile {
    /// Every general register of x86-64, with values that tell them apart.
    static func innermost(stackPointer: UInt64, programCounter: UInt64 = 0x1000) -> RegisterFile {
        var registers = RegisterFile()
        for number in 0..<16 { registers[number] = 0xaa00 + UInt64(number) }
        registers[Number.stackPointer] = stackPointer
        registers.programCounter = programCounter
        return registers
    }

    /// The numbers of the registers that are known.
    var knownNumbers: [Int] { (0..<Self.count).filter { self[$0] != nil } }
}

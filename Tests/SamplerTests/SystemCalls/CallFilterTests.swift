// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Testing

@testable import Sampler

@Suite struct CallFilterTests {
    private static let allow: UInt32 = 0x7fff_0000
    private static let trace: UInt32 = 0x7ff0_0000
    private static let native = NativeABI.auditArchitecture

    /// What the kernel does with a program (Documentation/networking/filter.rst), for the
    /// instructions that a filter is made of; nil for any other, and for a jump out of it.
    private func run(_ filter: CallFilter, _ architecture: UInt32, _ number: UInt32) -> UInt32? {
        var accumulator: UInt32 = 0
        var next = 0
        while filter.instructions.indices.contains(next) {
            let instruction = filter.instructions[next]
            next += 1
            func jump(_ condition: Bool) {
                next += Int(condition ? instruction.jump_if_true : instruction.jump_if_false)
            }
            switch instruction.code {
            case 0x20: accumulator = instruction.operand == 4 ? architecture : number
            case 0x05: next += Int(instruction.operand)
            case 0x15: jump(accumulator == instruction.operand)
            case 0x25: jump(accumulator > instruction.operand)
            case 0x35: jump(accumulator >= instruction.operand)
            case 0x45: jump(accumulator & instruction.operand != 0)
            case 0x44: accumulator |= instruction.operand
            case 0x54: accumulator &= instruction.operand
            case 0x06: return instruction.operand
            case 0x16: return accumulator
            default: return nil
            }
        }
        return nil
    }

    @Test func stopsAtAllThatReturn() {
        let filter = CallFilter(.all)
        for number in 0..<500 as Range<UInt32> {
            let isEnd = SystemCallNumber.neverReturning.contains(Int32(number))
            #expect(run(filter, Self.native, number) == (isEnd ? Self.allow : Self.trace | number))
        }
    }

    @Test(
        "stops at what was asked for and at nothing else",
        arguments: ["openat", "%file", "!read"]
    )
    func selection(text: String) throws {
        let calls = try SystemCallSelection(parsing: text)
        let filter = CallFilter(calls)
        let wanted = Set(calls.numbers).subtracting(SystemCallNumber.neverReturning)
        for number in 0..<600 as Range<UInt32> {
            let expected = wanted.contains(Int32(number)) ? Self.trace | number : Self.allow
            #expect(run(filter, Self.native, number) == expected)
        }
        // A program for the kernel has at most BPF_MAXINSNS instructions.
        #expect(filter.instructions.count <= 4_096)
    }

    @Test("a number that does not fit changes nothing but itself")
    func garbage() {
        let filter = CallFilter(.all)
        #expect(run(filter, Self.native, 0x3fff_ffff) == Self.trace | 0x3fff)
        #expect(run(filter, 0x1234, 1) == Self.allow)
    }

    #if arch(x86_64)
    @Test("32-bit calls have their own numbers")
    func otherInterfaces() throws {
        let filter = CallFilter(try SystemCallSelection(parsing: "openat"))
        #expect(run(filter, NativeABI.auditArchitecture32, 295) == Self.trace | 1 << 14 | 295)
        #expect(run(filter, NativeABI.auditArchitecture32, 257) == Self.allow)
        #expect(run(filter, Self.native, 0x4000_0000 | 257) == Self.allow)
        #expect(run(CallFilter(.all), Self.native, 0x4000_0001) == Self.trace | 2 << 14 | 1)
    }
    #endif

    @Test func neighboursAreOneRange() {
        #expect(CallFilter.ranges(of: [5, 1, 2, 3, 2, -1, 0x4000]) == [1...3, 5...5])
    }
}

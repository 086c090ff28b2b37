// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct LinkageStubTests {
    private let padding: [UInt8] = [0x0f, 0x1f, 0x44, 0, 0]
    private let branchTarget: [UInt8] = [0xf3, 0x0f, 0x1e, 0xfa]

    /// `jmp *distance(%rip)`, filled up with what is never run.
    private func jump(_ distance: Int32, prefix: [UInt8] = [], bytes: Int = 16) -> [UInt8] {
        let code = prefix + [0xff, 0x25] + little(distance)
        return code + [UInt8](repeating: 0x90, count: bytes - code.count)
    }

    @Test func readsWhereEntriesJumpTo() {
        let code = jump(0x100) + jump(-0x20)
        #expect(
            LinkageStub.all(in: code, at: 0x1000) == [
                LinkageStub(address: 0x1000, target: .slot(0x1106)),
                LinkageStub(address: 0x1010, target: .slot(0xff6)),
            ]
        )
    }

    @Test func readsEntriesForIndirectBranchTracking() {
        let code = jump(0x100, prefix: branchTarget) + jump(0x100, prefix: branchTarget + [0xf2])
        #expect(
            LinkageStub.all(in: code, at: 0) == [
                LinkageStub(address: 0, target: .slot(0x10a)),
                LinkageStub(address: 16, target: .slot(0x11b)),
            ]
        )
        let lazy = branchTarget + [0x68] + little(UInt32(7)) + [0xe9, 0, 0, 0, 0, 0x66, 0x90]
        #expect(
            LinkageStub.all(in: lazy, at: 0x2000) == [
                LinkageStub(address: 0x2000, target: .relocation(7))
            ]
        )
    }

    @Test func passesTheFirstEntryAndThoseOfEightBytes() {
        // push, jmp through the second slot
        let first: [UInt8] = [0xff, 0x35, 2, 0, 0, 0] + jump(0x40, bytes: 10)
        #expect(LinkageStub.all(in: first + jump(8), at: 0).map(\.address) == [16])
        let short = jump(0x10, bytes: 8)
        #expect(LinkageStub.all(in: short, at: 0).map(\.target) == [.slot(0x16)])
    }

    @Test func truncatedAndChangedAtRandom() {
        let whole = jump(1, prefix: branchTarget) + jump(2) + branchTarget + [0x68, 1, 0, 0, 0]
        for length in whole.indices {
            #expect(LinkageStub.all(in: Array(whole[..<length]), at: UInt64.max).count <= 3)
        }
        var random = SeededGenerator(seed: 0x706c_74)
        for _ in 0..<2000 {
            var bytes = whole
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                in: 0...255,
                using: &random
            )
            #expect(LinkageStub.all(in: bytes, at: random.next()).count <= bytes.count / 8 + 1)
        }
    }
}

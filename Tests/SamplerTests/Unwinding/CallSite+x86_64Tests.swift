// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

#if arch(x86_64)
@Suite struct CallSiteX86Tests {
    /// Each form of `call` as an assembler writes it, behind as many `nop` as there is room for.
    @Test(
        arguments: [
            ([0xFF, 0xD0], "*%rax"), ([0xFF, 0x10], "*(%rax)"), ([0xFF, 0x53, 0x08], "*8(%rbx)"),
            ([0xFF, 0x90, 0, 1, 0, 0], "*256(%rax)"), ([0xFF, 0x15, 1, 2, 3, 4], "*x(%rip)"),
            ([0x41, 0xFF, 0xD4], "*%r12"), ([0xFF, 0x14, 0xC7], "*(%rdi,%rax,8)"),
            ([0xFF, 0x54, 0xC7, 0x10], "*16(%rdi,%rax,8)"),
            ([0xFF, 0x94, 0xC7, 0, 1, 0, 0], "*256(%rdi,%rax,8)"),
            ([0xFF, 0x14, 0x25, 1, 2, 3, 4], "*x"),
        ] as [([UInt8], String)]
    )
    func tellsIndirectCalls(code: [UInt8], name: String) {
        let bytes = [UInt8](repeating: 0x90, count: 7 - code.count) + code
        #expect(CallSite(bytes: bytes, returnAddress: 0x1000) == .indirect, "\(name)")
    }

    @Test func tellsTheTargetOfADirectCall() {
        let forward: [UInt8] = [0x90, 0x90, 0xE8, 0x10, 0, 0, 0]
        #expect(CallSite(bytes: forward, returnAddress: 0x1000) == .direct(0x1010))
        let back: [UInt8] = [0x90, 0x90, 0xE8, 0xF0, 0xFF, 0xFF, 0xFF]
        #expect(CallSite(bytes: back, returnAddress: 0x1000) == .direct(0xFF0))
    }

    @Test(
        arguments: [
            [0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90],
            // jmp *%rax, push (%rax), and a call cut by its last byte.
            [0x90, 0x90, 0x90, 0x90, 0x90, 0xFF, 0xE0], [0x90, 0x90, 0x90, 0x90, 0x90, 0xFF, 0x30],
            [0x90, 0x90, 0xFF, 0x15, 1, 2, 3], [0xE8, 0, 0, 0, 0], [],
        ] as [[UInt8]]
    )
    func tellsWhatIsNoCall(bytes: [UInt8]) {
        #expect(CallSite(bytes: bytes, returnAddress: 0x1000) == nil)
    }

    @Test(
        arguments: [
            ([0xFF, 0x25, 0x10, 0, 0, 0], 0x1016),
            ([0xF3, 0x0F, 0x1E, 0xFA, 0xFF, 0x25, 0x10, 0, 0, 0], 0x101A),
            ([0xF3, 0x0F, 0x1E, 0xFA, 0xF2, 0xFF, 0x25, 0x10, 0, 0, 0], 0x101B),
            ([0xFF, 0x25, 0x10, 0, 0], nil), ([0xE9, 0x10, 0, 0, 0], nil), ([], nil),
        ] as [([UInt8], UInt64?)]
    )
    func findsTheSlotOfAStub(bytes: [UInt8], slot: UInt64?) {
        #expect(CallSite.linkageSlot(bytes, at: 0x1000) == slot)
    }
}
#endif

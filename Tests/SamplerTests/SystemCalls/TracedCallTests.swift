// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct TracedCallTests {
    #if arch(x86_64)
    @Test(arguments: [
        (0xC000_003E as UInt32, 257 as UInt64, "openat"), (0x4000_0003, 5, "open (32-bit)"),
        (0xC000_003E, 0x4000_0001, "write (x32)"), (0x1234, 9, "syscall_9 (other)"),
        (0xC000_003E, 9_999, "syscall_9999"),
    ])
    func namesWhatTheKernelTells(audit: UInt32, number: UInt64, name: String) {
        #expect(TracedCall(auditArchitecture: audit, number: number).name == name)
    }

    @Test func aFiltersDataHasTheNumberAndTheInterface() {
        #expect(TracedCall(filterData: 257).name == "openat")
        #expect(TracedCall(filterData: 1 << 14 | 5).name == "open (32-bit)")
        #expect(TracedCall(filterData: 2 << 14 | 1).name == "write (x32)")
    }
    #endif

    @Test func bothWaysLeadToTheSameCall() {
        let told = TracedCall(auditArchitecture: NativeABI.auditArchitecture, number: 3)
        #expect(TracedCall(filterData: 3) == told)
        #expect(TracedCall(filterData: 1 << 14 | 3) != told)
    }
}

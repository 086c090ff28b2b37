// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
import CPtrace
import Testing

@testable import Sampler

@Suite struct RegisterSetX8664Tests {
    private static let syscall: (UInt8, UInt8) = (0x0F, 0x05)
    private static let interrupt: (UInt8, UInt8) = (0xCD, 0x80)

    @Test(
        "A call is the machine's own if 64-bit code made it by its own instruction",
        arguments: [
            (0x33, true, true), (0xE033, true, true), (0x23, true, false), (0x33, false, false),
        ]
    )
    func tellsTheABI(segment: UInt64, isOwnInstruction: Bool, isNative: Bool) {
        var registers = RegisterSet()
        registers.raw.cs = segment
        let instruction = isOwnInstruction ? Self.syscall : Self.interrupt
        #expect(registers.isNativeCall(instruction: instruction) == isNative)
    }
}
#endif

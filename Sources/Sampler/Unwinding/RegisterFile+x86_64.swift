// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(x86_64)
internal import CPtrace
package import Images

extension RegisterFile {
    /// All registers of a stopped thread, by DWARF number (x86-64 psABI, figure 3.36).
    package init(_ set: RegisterSet) {
        self.init()
        let raw = set.raw
        let values: [17 of UInt64] = [
            UInt64(raw.rax), UInt64(raw.rdx), UInt64(raw.rcx), UInt64(raw.rbx), UInt64(raw.rsi),
            UInt64(raw.rdi), UInt64(raw.rbp), UInt64(raw.rsp), UInt64(raw.r8), UInt64(raw.r9),
            UInt64(raw.r10), UInt64(raw.r11), UInt64(raw.r12), UInt64(raw.r13), UInt64(raw.r14),
            UInt64(raw.r15), UInt64(raw.rip),
        ]
        for number in values.indices { self[number] = values[number] }
        programCounter = UInt64(raw.rip)
    }
}
#endif

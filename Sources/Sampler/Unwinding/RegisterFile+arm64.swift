// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#if arch(arm64)
internal import CPtrace
package import Images

extension RegisterFile {
    /// All registers of a stopped thread, by DWARF number (AADWARF64, 4.1: x0 to x30, then SP).
    package init(_ set: RegisterSet) {
        self.init()
        withUnsafeBytes(of: set.raw.regs) { registers in
            for number in 0..<31 {
                self[number] = registers.loadUnaligned(
                    fromByteOffset: number * 8,
                    as: UInt64.self
                )
            }
        }
        self[31] = UInt64(set.raw.sp)
        programCounter = UInt64(set.raw.pc)
    }
}
#endif

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension RegisterFile {
    /// The registers that a function leaves to its caller as it found them, bit N for register N.
    ///
    /// Without a rule these have the caller's value; the others are lost with the call (x86-64
    /// psABI, figure 3.4; AAPCS64, 6.1.1).
    static var preserved: UInt64 {
        #if arch(x86_64)
        0b1111_0000_0100_1000
        #else
        0b0011_1111_1111_1000_0000_0000_0000_0000
        #endif
    }

    /// The value that an unwind table means by a column; nil where it is not known.
    ///
    /// On x86-64 the column of the return address stands for the program counter itself.
    func value(ofColumn number: Int) -> UInt64? {
        #if arch(x86_64)
        if number == Number.returnAddress { return programCounter }
        #endif
        return self[number]
    }
}

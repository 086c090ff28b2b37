// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The registers of one frame by DWARF number, and which of them are known.
///
/// In the innermost frame of a stopped thread all are. Further out, only those that the frames
/// between have kept or saved.
package struct RegisterFile: Sendable {
    /// DWARF numbers of the registers that unwinding is about.
    ///
    /// x86-64 psABI, figure 3.36; AADWARF64, 4.1.
    package enum Number {
        #if arch(x86_64)
        package static let stackPointer = 7
        package static let framePointer = 6
        /// rbx, from which ld.so's resolver trampolines restore the stack pointer.
        package static let base = 3
        /// The column of the return address, which is the caller's program counter.
        package static let returnAddress = 16
        #else
        package static let stackPointer = 31
        package static let framePointer = 29
        package static let base = 19
        package static let returnAddress = 30
        #endif
    }

    // No more than the machine has: the file is copied for each frame, which is felt.
    #if arch(x86_64)
    /// How many registers are kept: x86-64 has 17 columns.
    package static let count = 17

    private var values = InlineArray<17, UInt64>(repeating: 0)
    #else
    /// How many registers are kept: arm64 has 33 columns with its program counter.
    package static let count = 33

    private var values = InlineArray<33, UInt64>(repeating: 0)
    #endif
    private var known: UInt64 = 0

    /// Where the frame is executing; for a caller, its return address.
    package var programCounter: UInt64 = 0

    /// No register is known.
    package init() {}

    /// A register's value; nil where it is not known or there is no such register.
    ///
    /// Its code stands where it is used: a call would copy all registers to read one.
    package subscript(number: Int) -> UInt64? {
        @inline(__always) get {
            guard number >= 0, number < Self.count, known & (1 << UInt64(number)) != 0 else {
                return nil
            }
            return values[number]
        }
        @inline(__always) set {
            guard number >= 0, number < Self.count else { return }
            if let newValue {
                values[number] = newValue
                known |= 1 << UInt64(number)
            } else {
                known &= ~(1 << UInt64(number))
            }
        }
    }

    /// Forgets all registers but those of a mask, bit N for register N.
    package mutating func keepOnly(_ mask: UInt64) { known &= mask }
}

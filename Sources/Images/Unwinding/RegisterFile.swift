// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The registers of one frame by DWARF number, and which of them are known.
///
/// In the innermost frame of a stopped thread all are. Further out, only those that the frames
/// between have kept or saved.
@usableFromInline package struct RegisterFile: Sendable {
    /// DWARF numbers of the registers that unwinding is about.
    ///
    /// x86-64 psABI, figure 3.36; AADWARF64, 4.1.
    @usableFromInline package enum Number {
        #if arch(x86_64)
        @inlinable package static var stackPointer: Int { 7 }
        @inlinable package static var framePointer: Int { 6 }
        /// rbx, from which ld.so's resolver trampolines restore the stack pointer.
        @inlinable package static var base: Int { 3 }
        /// The column of the return address, which is the caller's program counter.
        @inlinable package static var returnAddress: Int { 16 }
        #else
        @inlinable package static var stackPointer: Int { 31 }
        @inlinable package static var framePointer: Int { 29 }
        @inlinable package static var base: Int { 19 }
        @inlinable package static var returnAddress: Int { 30 }
        #endif
    }

    // No more than the machine has: the file is copied for each frame, which is felt.
    #if arch(x86_64)
    /// How many registers are kept: x86-64 has 17 columns.
    @inlinable package static var count: Int { 17 }

    @usableFromInline var values = InlineArray<17, UInt64>(repeating: 0)
    #else
    /// How many registers are kept: arm64 has 33 columns with its program counter.
    @inlinable package static var count: Int { 33 }

    @usableFromInline var values = InlineArray<33, UInt64>(repeating: 0)
    #endif
    @usableFromInline var known: UInt64 = 0

    /// Where the frame is executing; for a caller, its return address.
    @usableFromInline package var programCounter: UInt64 = 0

    /// No register is known.
    @inlinable package init() {}

    /// A register's value; nil where it is not known or there is no such register.
    ///
    /// Its code stands where it is used: a call would copy all registers to read one.
    @inlinable package subscript(number: Int) -> UInt64? {
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
    @inlinable package mutating func keepOnly(_ mask: UInt64) { known &= mask }
}

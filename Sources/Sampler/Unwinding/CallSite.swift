// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The call instruction that a return address follows.
enum CallSite: Equatable {
    /// It names its target.
    case direct(UInt64)
    /// Its target is in a register or in memory.
    case indirect
}

/// Where the code of a process sends a call, read from its bytes.
struct CallReader {
    /// Reads bytes of the process's memory: fewer, or none, where it may not be read.
    let read: (_ address: UInt64, _ count: Int) -> [UInt8]

    /// The call before a return address; nil where there is none.
    func call(before returnAddress: UInt64) -> CallSite? {
        let count = CallSite.longestBytes
        guard returnAddress > UInt64(count) else { return nil }
        let bytes = read(returnAddress - UInt64(count), count)
        guard bytes.count == count else { return nil }
        return CallSite(bytes: bytes, returnAddress: returnAddress)
    }

    /// Whether a call to an address enters a function: at once, or through a stub of a linkage
    /// table whose slot is filled.
    func enters(_ function: UInt64, from target: UInt64) -> Bool {
        if target == function { return true }
        let stub = read(target, CallSite.stubBytes)
        guard let slot = CallSite.linkageSlot(stub, at: target) else { return false }
        let bytes = read(slot, 8)
        guard bytes.count == 8 else { return false }
        return bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } == function
    }
}

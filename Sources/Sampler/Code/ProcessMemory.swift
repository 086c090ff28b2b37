// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// Memory of a process, copied while it runs (process_vm_readv(2)).
enum ProcessMemory {
    /// Copies bytes of a process; fewer, or none, where its memory ends or may not be read.
    static func copy(_ count: Int, from address: Address, of thread: ThreadID) -> [UInt8] {
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled =
                (try? Ptrace.copyMemory(
                    of: thread,
                    from: address,
                    into: UnsafeMutableRawBufferPointer(buffer)
                )) ?? 0
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc

extension TracedCall {
    /// What this call added to the kernel's counts of its thread (`TransferCounts`): 0, 1, or 2
    /// where it both reads and writes.
    ///
    /// Those that fail before they get as far as the file do not count (Linux, fs/read_write.c).
    package func countedTransfers(failure: Int32?) -> UInt64 {
        guard interface == .native else { return 0 }
        switch Int(number.rawValue) {
        case Int(SYS_read), Int(SYS_write), Int(SYS_pread64), Int(SYS_pwrite64):
            return failure == EBADF || failure == EFAULT || failure == EINVAL ? 0 : 1
        // Vectors count whatever becomes of them.
        case Int(SYS_readv), Int(SYS_writev), Int(SYS_preadv), Int(SYS_pwritev),
            Int(SYS_preadv2), Int(SYS_pwritev2):
            return 1
        case Int(SYS_sendfile), Int(SYS_copy_file_range):
            return failure == nil ? 2 : 0
        default:
            return 0
        }
    }
}

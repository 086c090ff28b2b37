// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Profiles
internal import SystemPackage

/// The CPUs that threads may run on (sched_setaffinity(2)).
enum CPUAffinity {
    /// The CPUs of a thread; none where the kernel does not say, or has more than a set can hold.
    static func current(of thread: ThreadID) -> CPUSet {
        var words = CPUSet().words
        let filled = unsafe words.withUnsafeMutableBufferPointer { buffer in
            unsafe cptrace_get_affinity(thread.rawValue, buffer.baseAddress, buffer.count * 8)
        }
        return filled < 0 ? CPUSet() : CPUSet(words: words)
    }

    /// Sets those of the calling thread.
    static func set(_ cpus: CPUSet) throws(Errno) {
        let result = unsafe cpus.words.withUnsafeBufferPointer { buffer in
            unsafe cptrace_set_affinity(buffer.baseAddress, buffer.count * 8)
        }
        if result < 0 { throw Errno(rawValue: CInt(-result)) }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Profiles
package import SystemPackage

/// The CPUs that threads may run on (sched_setaffinity(2)).
package enum CPUAffinity {
    /// The CPU that the caller is on.
    package static var currentCPU: Int { Int(cptrace_current_cpu()) }

    /// Keeps the calling thread, and what it starts, on one CPU.
    package static func pin(to cpu: Int) throws(Errno) { try set(CPUSet(cpu)) }

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

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A set of CPUs, as the kernel numbers them.
package struct CPUSet: Hashable, Sendable {
    /// The highest number of CPUs that a set can name, as in glibc's `cpu_set_t`.
    package static let capacity = 1_024

    /// One bit a CPU, the lowest first: the layout of sched_setaffinity(2) on a 64-bit machine.
    package private(set) var words: [UInt64]

    /// An empty set.
    package init() { words = Array(repeating: 0, count: Self.capacity / 64) }

    /// A set from the kernel's words; words beyond the capacity are left out.
    package init(words: [UInt64]) {
        self.init()
        for (index, word) in words.prefix(Self.capacity / 64).enumerated() {
            self.words[index] = word
        }
    }

    /// A set of one CPU; an empty one where a set can't name it.
    package init(_ cpu: Int) {
        self.init()
        if (0..<Self.capacity).contains(cpu) { words[cpu / 64] = 1 << UInt64(cpu % 64) }
    }

    package func contains(_ cpu: Int) -> Bool {
        (0..<Self.capacity).contains(cpu) && words[cpu / 64] & 1 << UInt64(cpu % 64) != 0
    }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// The set without one CPU.
    package func removing(_ cpu: Int) -> CPUSet {
        var rest = self
        if (0..<Self.capacity).contains(cpu) { rest.words[cpu / 64] &= ~(1 << UInt64(cpu % 64)) }
        return rest
    }
}

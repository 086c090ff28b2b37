// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What was sampled in a span of time, with names: an immutable value that exporters turn to bytes.
///
/// Its parts refer to each other by index, as in a pprof message. Use `ProfileBuilder` to make one;
/// it keeps the indices right and the parts distinct.
package struct Profile: Hashable, Sendable {
    /// What the time of a sample is.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Time on a CPU, by the kernel's clock.
        case cpu
        /// Time by the clock on the wall, waiting included.
        case wall
    }

    package private(set) var kind: Kind
    /// When sampling began, in nanoseconds since 1970 UTC.
    package let startNanoseconds: UInt64
    /// How long it lasted.
    package let durationNanoseconds: UInt64
    /// The mean time between two samples of one thread.
    package let periodNanoseconds: UInt64
    /// What was sampled, for a title: a program's name and number, or a group.
    package let target: String
    package let mappings: [ProfileMapping]
    package let functions: [ProfileFunction]
    package let locations: [ProfileLocation]
    /// Distinct stacks with their weights.
    package private(set) var samples: [ProfileSample]

    init(_ builder: borrowing ProfileBuilder) {
        kind = builder.kind
        startNanoseconds = builder.startNanoseconds
        durationNanoseconds = builder.durationNanoseconds
        periodNanoseconds = builder.periodNanoseconds
        target = builder.target
        mappings = builder.mappings
        functions = builder.functions
        locations = builder.locations
        samples = builder.samples
    }

    /// The part that is CPU time, of a profile that keeps that apart.
    package var onCPU: Profile {
        var profile = self
        profile.kind = .cpu
        profile.samples.removeAll { $0.labels.isOffCPU }
        return profile
    }

    /// The samples of all stacks together.
    package var sampleCount: UInt64 { samples.reduce(0) { $0 &+ $1.count } }

    /// The time of all stacks together.
    package var nanoseconds: UInt64 { samples.reduce(0) { $0 &+ $1.nanoseconds } }
}

/// A file, or another kind of memory, that code was found in.
package struct ProfileMapping: Hashable, Sendable {
    /// The first address and the one after the last, in the process.
    package let addresses: Range<Address>
    /// Where the mapping begins in its file, in bytes.
    package let fileOffset: UInt64
    /// The path as the process sees it, or the kernel's name for the memory, such as `[vdso]`.
    package let path: String
    /// Lower-case hexadecimal digits; empty where the file has none.
    package let buildID: String
    /// Whether names of functions could be read from the file.
    package let hasFunctions: Bool

    package init(
        addresses: Range<Address>,
        fileOffset: UInt64,
        path: String,
        buildID: String,
        hasFunctions: Bool
    ) {
        self.addresses = addresses
        self.fileOffset = fileOffset
        self.path = path
        self.buildID = buildID
        self.hasFunctions = hasFunctions
    }

    /// The byte of the file at an address; nil for one that is not in the mapping.
    package func fileOffset(of address: Address) -> UInt64? {
        guard addresses.contains(address) else { return nil }
        return address.rawValue &- addresses.lowerBound.rawValue &+ fileOffset
    }

    /// The last part of the path.
    package var object: String {
        String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "[anonymous]")
    }
}

/// A function of a program.
package struct ProfileFunction: Hashable, Sendable {
    /// The name as its language writes it.
    package let name: String
    /// The name as the linker knows it; the same where it is not mangled.
    package let systemName: String
    /// The source file; empty where it is not known.
    package let file: String

    package init(name: String, systemName: String, file: String = "") {
        self.name = name
        self.systemName = systemName
        self.file = file
    }
}

/// A place of code: one instruction, and the functions that it belongs to by inlining.
package struct ProfileLocation: Hashable, Sendable {
    /// A function, and the line in it; 0 where that is not known.
    package struct Line: Hashable, Sendable {
        /// An index of `Profile.functions`.
        package let function: Int
        package let line: UInt32

        package init(function: Int, line: UInt32) {
            self.function = function
            self.line = line
        }
    }

    /// An index of `Profile.mappings`; nil for what is no code of a file, such as `[kernel]`.
    package let mapping: Int?
    /// The address in the process: the instruction itself in a leaf frame, and one byte before the
    /// return address in a caller.
    package let address: Address
    /// The innermost inlined function first; empty where no function is known.
    package let lines: [Line]

    package init(mapping: Int?, address: Address, lines: [Line]) {
        self.mapping = mapping
        self.address = address
        self.lines = lines
    }
}

/// One stack and what it weighs.
package struct ProfileSample: Hashable, Sendable {
    /// What the stack belongs to; values that were not asked for are nil.
    package struct Labels: Hashable, Sendable {
        package var group: String?
        package var threadName: String?
        package var process: ProcessID?
        package var thread: ThreadID?
        /// The system call that a waiting thread is in.
        package var systemCall: String?
        /// Whether the time is none on a CPU; only where a profile keeps that apart.
        package var isOffCPU = false

        package init() {}
    }

    /// Indices of `Profile.locations`, the leaf first.
    package let stack: [Int]
    /// How many samples found it.
    package let count: UInt64
    /// Its share of the time.
    package let nanoseconds: UInt64
    package let end: StackEnd
    package let labels: Labels

    package init(
        stack: [Int],
        count: UInt64,
        nanoseconds: UInt64,
        end: StackEnd,
        labels: Labels = Labels()
    ) {
        self.stack = stack
        self.count = count
        self.nanoseconds = nanoseconds
        self.end = end
        self.labels = labels
    }
}

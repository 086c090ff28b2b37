// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// One executable mapping of a process, and what its file says about it.
///
/// The file is read when the first frame in it is met: most mappings of a process never are. What
/// was read stays while the value does, so that frames can be named after the process has ended.
final class MappedCode {
    /// What a file says.
    struct Contents {
        /// The rules to unwind by; nil where the file has none.
        let table: UnwindTable?
        let image: Image?
        /// What to take from an address of the process to get one of the file, modulo 2^64.
        let bias: UInt64
        /// Why there is nothing although there is a file.
        let failure: ImageFailure?

        static var none: Contents {
            Contents(table: nil, image: nil, bias: 0, failure: nil)
        }
    }

    let process: ProcessID
    let mapping: ExecutableMapping
    private var contents: Contents?
    private var trampolines: [UInt64: Bool] = [:]
    private let read: (MappedCode) -> Contents

    /// - Parameter read: gets the contents at their first use.
    init(
        process: ProcessID,
        mapping: ExecutableMapping,
        read: @escaping (MappedCode) -> Contents
    ) {
        self.process = process
        self.mapping = mapping
        self.read = read
    }

    /// Read in place, as is the bias: a copy of all contents costs a frame more than its step.
    var table: UnwindTable? {
        if contents == nil { contents = read(self) }
        return contents?.table
    }

    var image: Image? { known.image }

    var failure: ImageFailure? { known.failure }

    /// What to take from an address of the process to get one of the file, modulo 2^64.
    var bias: UInt64 {
        if contents == nil { contents = read(self) }
        return contents?.bias ?? 0
    }

    func imageAddress(of address: UInt64) -> ImageAddress { ImageAddress(address &- bias) }

    /// Whether the code at an address is the one that ends a signal handler.
    ///
    /// It reads the process's memory: what a stack looks like there is to be checked first.
    func isSignalTrampoline(at address: UInt64) -> Bool {
        if let known = trampolines[address] { return known }
        let around: UInt64 = 16
        guard case .file = mapping.backing, address >= around else { return false }
        let code = ProcessMemory.copy(
            Int(2 * around),
            from: Address(address - around),
            of: ThreadID(leaderOf: process)
        )
        let found = SignalTrampoline.contains(Int(around), of: code)
        // A file has one or two; more are the work of a program that wants to be remembered.
        if trampolines.count < Self.trampolineLimit { trampolines[address] = found }
        return found
    }

    private static let trampolineLimit = 64

    /// The functions at addresses that were asked for, as metrics name them.
    private(set) var names: [UInt64: FunctionKey] = [:]

    private static let nameLimit = 4_096

    /// Remembers the function at an address; beyond a limit all are asked for again.
    func remember(_ name: FunctionKey, at address: UInt64) {
        if names.count >= Self.nameLimit { names.removeAll(keepingCapacity: true) }
        names[address] = name
    }

    /// The numbers of frames in an archive of one generation.
    private var archived: (generation: UInt32, numbers: [UInt64: Int32]) = (0, [:])

    /// The number of a frame that was archived; nil in archives of other generations.
    func archivedNumber(at address: UInt64, _ generation: UInt32) -> Int32? {
        archived.generation == generation ? archived.numbers[address] : nil
    }

    func remember(archivedNumber number: Int32, at address: UInt64, _ generation: UInt32) {
        if archived.generation != generation || archived.numbers.count >= Self.nameLimit {
            archived.numbers.removeAll(keepingCapacity: true)
            archived.generation = generation
        }
        archived.numbers[address] = number
    }

    private var known: Contents {
        if let contents { return contents }
        let contents = read(self)
        self.contents = contents
        return contents
    }
}

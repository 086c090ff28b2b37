// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Code maps of processes, and the files behind them: each file is read once for all processes.
///
/// Confined to the actor that owns it. It opens and reads files, which can block, so it is never
/// used on the tracer's thread.
final class CodeMaps {
    /// How long a map stands without a doubt; a frame that is in none of its regions renews it.
    static let mapNanoseconds: UInt64 = 2_000_000_000
    /// How long at least: addresses that are no code at all must not renew it for each sample.
    static let leastMapNanoseconds: UInt64 = 50_000_000
    static let processLimit = 1_024

    private let root: String
    private var reader: ProcReader
    private let files: CodeFiles
    private var maps: [ProcessID: CodeMap] = [:]

    /// - Parameter root: the proc file system.
    init(root: String, files: CodeFiles) {
        self.root = root
        self.files = files
        reader = ProcReader(root: ProcRoot(root))
    }

    /// The map of a process.
    ///
    /// - Parameters:
    ///   - thread: a living thread of it: the first one may have ended.
    ///   - isDoubtful: whether an address was found in none of its regions.
    /// - Returns: nil where it can't be read and none is known.
    func map(
        of process: ProcessID,
        through thread: ThreadID,
        now: MonotonicInstant,
        isDoubtful: Bool = false
    ) -> CodeMap? {
        let known = maps[process]
        if let known {
            let age = now.nanoseconds(since: known.readAt)
            if age < (isDoubtful ? Self.leastMapNanoseconds : Self.mapNanoseconds) { return known }
        }
        guard case .value(let read) = reader.memoryMaps(through: thread, of: process) else {
            // It has ended; what is known of it names the frames of its last samples.
            return known
        }
        if maps.count >= Self.processLimit { maps.removeAll(keepingCapacity: true) }
        let map = CodeMap(
            regions: regions(read, of: process, before: known),
            readAt: now
        )
        maps[process] = map
        return map
    }

    /// Forgets a process that has ended.
    func forget(_ process: ProcessID) { maps[process] = nil }

    /// Takes over what is known of mappings that are still there.
    private func regions(
        _ read: MemoryMaps,
        of process: ProcessID,
        before known: CodeMap?
    ) -> [MappedCode] {
        var old: [ExecutableMapping: MappedCode] = [:]
        for region in known?.regions ?? [] { old[region.mapping] = region }
        return read.mappings.map { mapping in
            if let region = old[mapping] { return region }
            let (files, root) = (files, root)
            return MappedCode(process: process, mapping: mapping) {
                files.contents(of: $0, root: root)
            }
        }
    }
}

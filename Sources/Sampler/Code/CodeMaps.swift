// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Code maps of processes, and the files behind them: each file is read once for all processes.
///
/// Confined to the actor that owns it. It opens and reads files, which can block, so it is never
/// used on the tracer's thread.
final class CodeMaps {
    /// How long a map stands at least within a batch, where a frame is in none of its regions:
    /// addresses that are no code at all must not renew it for each sample.
    static let leastMapNanoseconds: UInt64 = 50_000_000
    static let processLimit = 1_024

    private let root: String
    private var reader: ProcReader
    private let files: CodeFiles
    private var maps: [ProcessID: Entry] = [:]
    private var batch: UInt64 = 0

    private struct Entry {
        var map: CodeMap
        var history: MappingHistory
        let batch: UInt64
    }

    /// - Parameter root: the proc file system.
    init(root: String, files: CodeFiles) {
        self.root = root
        self.files = files
        reader = ProcReader(root: ProcRoot(root))
    }

    /// Says that the samples to come were taken after those before: maps are read anew for them.
    func beginBatch() { batch += 1 }

    /// The map of a process, read once for each batch.
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
        if let known, known.batch == batch,
            !isDoubtful || now.nanoseconds(since: known.map.readAt) < Self.leastMapNanoseconds
        {
            return known.map
        }
        guard case .value(let read) = reader.memoryMaps(through: thread, of: process) else {
            // It has ended; what is known of it names the frames of its last samples.
            return known?.map
        }
        if maps.count >= Self.processLimit { maps.removeAll(keepingCapacity: true) }
        var history = known?.history ?? MappingHistory()
        let mappings = history.renew(read.mappings, batch: batch, now: now)
        let map = CodeMap(
            regions: regions(mappings, of: process, before: known?.map),
            readAt: now
        )
        maps[process] = Entry(map: map, history: history, batch: batch)
        return map
    }

    /// Whether frames in a region can't be told from those of another file at its addresses.
    func isContested(_ region: MappedCode) -> Bool {
        maps[region.process]?.history.isContested(region.mapping) ?? false
    }

    /// Forgets a process that has ended.
    func forget(_ process: ProcessID) { maps[process] = nil }

    /// Forgets all processes.
    func empty() { maps.removeAll() }

    /// Takes over what is known of mappings that are still there.
    private func regions(
        _ mappings: [ExecutableMapping],
        of process: ProcessID,
        before known: CodeMap?
    ) -> [MappedCode] {
        var old: [ExecutableMapping: MappedCode] = [:]
        for region in known?.regions ?? [] { old[region.mapping] = region }
        return mappings.map { mapping in
            if let region = old[mapping] { return region }
            let (files, root) = (files, root)
            return MappedCode(process: process, mapping: mapping) {
                files.contents(of: $0, root: root)
            }
        }
    }
}

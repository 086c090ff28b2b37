// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// Unwinds copies of stacks and keeps each distinct stack once.
///
/// Confined to the actor that owns it: it opens and reads files, which can block, so it is never
/// used on the tracer's thread.
struct StackCollector {
    /// How much a collector keeps.
    struct Limits {
        /// Most distinct frames under distinct callers.
        var nodes = 1 << 20
        /// How many more frames, and how many more regions of code, than it needs it may hold
        /// before those are to be let go; beside as many again as it needs.
        var spareNodes = 1 << 16
        var spareRegions = 1 << 10
        var code = CodeLimits(imageBytes: 512 << 20, tableBytes: 256 << 20)
    }

    /// What became of one copy.
    struct Outcome {
        let stack: RecordedStack
        let end: StackEnd
        /// What it says of this thread's next copies; nil where it says nothing.
        let need: StackNeed?
    }

    private(set) var reader: StackReader
    private(set) var trie: StackTrie<RecordedFrame>
    private let limits: Limits
    /// How many frames and regions were needed when the others were last let go.
    private var neededNodes = 0
    private var neededRegions = 0
    private var formerOverflows: UInt64 = 0
    private var regions: [MappedCode] = []
    private var regionIndices: [ObjectIdentifier: Int32] = [:]

    /// - Parameter root: the proc file system.
    init(root: String, limits: Limits = Limits()) {
        reader = StackReader(root: root, limits: limits.code)
        trie = StackTrie(nodeLimit: limits.nodes)
        self.limits = limits
    }

    /// Stacks that found no room.
    var overflows: UInt64 { formerOverflows + trie.overflows }

    /// Whether it is time to let go of what is not needed any more; seldom enough that it costs
    /// little for each stack.
    var isCrowded: Bool {
        trie.count >= min(2 * neededNodes + limits.spareNodes, limits.nodes)
            || regions.count > 2 * neededRegions + limits.spareRegions
    }

    /// Lets all stacks go but those needed, and the code that no stack is in.
    ///
    /// - Returns: what the needed ones are from now on.
    mutating func keep(_ needed: Set<RecordedStack>) -> [RecordedStack: RecordedStack] {
        let old = (trie: trie, regions: regions)
        formerOverflows += trie.overflows
        trie = StackTrie(nodeLimit: limits.nodes)
        regions = []
        regionIndices = [:]
        var kept: [RecordedStack: RecordedStack] = [:]
        for case .stack(let node, let end) in needed {
            let frames = old.trie.frames(of: node).map { frame in
                guard case .code(let region, let address) = frame else { return frame }
                return .code(region: index(of: old.regions[Int(region)]), address: address)
            }
            kept[.stack(node, end)] = insert(frames, end)
        }
        neededNodes = trie.count
        neededRegions = regions.count
        return kept
    }

    /// The locations of a stack in a profile that is being built, the leaf first.
    func locations(
        of node: StackTrie<RecordedFrame>.Node,
        _ names: inout FrameNames,
        in builder: inout ProfileBuilder
    ) -> [Int] {
        trie.frames(of: node).map { frame in
            if case .code(let region, let address) = frame,
                reader.maps.isContested(regions[Int(region)])
            {
                return names.location(.unmapped(address), regions, in: &builder)
            }
            return names.location(frame, regions, in: &builder)
        }
    }

    /// Forgets what is kept of a process that has ended.
    mutating func forget(_ process: ProcessID) {
        reader.maps.forget(process)
        reader.compiled.forget(process)
    }

    /// Says that the copies to come were taken after those before.
    func beginBatch() { reader.maps.beginBatch() }

    /// Unwinds one copy.
    mutating func collect(_ found: FoundStack, now: MonotonicInstant) -> Outcome {
        guard let end = reader.read(found, now: now) else {
            // The process ended before anything was known of it.
            let registers = RegisterFile(found.copy.registers)
            let frames = Self.leaf(found.systemCall) + [.unmapped(registers.programCounter)]
            return Outcome(
                stack: insert(frames, .broken(.unmapped)),
                end: .broken(.unmapped),
                need: nil
            )
        }
        return Outcome(
            stack: insert(frames(under: found.systemCall), end),
            end: end,
            need: found.copy.need(outermost: reader.outermost, end: end)
        )
    }

    private static func leaf(_ call: SystemCallNumber?) -> [RecordedFrame] {
        call.map { [.systemCall($0)] } ?? []
    }

    /// The frames that the unwinder holds, below the system call that the thread was in.
    private mutating func frames(under call: SystemCallNumber?) -> [RecordedFrame] {
        var frames = Self.leaf(call)
        for frame in reader.frames {
            frames.append(
                reader.region(of: frame).map {
                    .code(region: index(of: $0), address: frame.address)
                }
                    ?? .unmapped(frame.address)
            )
        }
        return frames
    }

    private mutating func insert(_ frames: [RecordedFrame], _ end: StackEnd) -> RecordedStack {
        guard let node = trie.insert(leafFirst: frames) else { return .other }
        return .stack(node, end)
    }

    private mutating func index(of region: MappedCode) -> Int32 {
        let identity = ObjectIdentifier(region)
        if let known = regionIndices[identity] { return known }
        // The region is kept, so its identity can't become another's.
        regions.append(region)
        regionIndices[identity] = Int32(regions.count - 1)
        return Int32(regions.count - 1)
    }
}

extension StackCollector.Limits {
    /// The limits as a part of a program whose memory is bounded.
    init(within memoryBytes: UInt64) {
        self.init(nodes: 1 << 18, spareNodes: 1 << 14, code: CodeLimits(within: memoryBytes))
    }
}

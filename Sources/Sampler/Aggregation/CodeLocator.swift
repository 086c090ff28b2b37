// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Images
package import Profiles

/// Names the code at an address of a process: which function of which mapped file.
///
/// Called away from the tracer's thread: it opens and reads files.
package struct CodeLocator: ~Copyable {
    /// What became of look-ups.
    package struct Counts: Sendable {
        package var lookups: UInt64 = 0
        /// By `SymbolLookup.outcome`, `ImageFailure.reason` or the backing of a mapping without a
        /// file.
        package var failures: [String: UInt64] = [:]
    }

    private struct Known {
        var maps: MemoryMaps
        var readAt: MonotonicInstant
        var names: [Address: FunctionKey] = [:]
    }

    private let root: String
    private var reader: ProcReader
    private var images: ImageCache
    private var processes: [ProcessID: Known] = [:]
    package private(set) var counts = Counts()

    /// How long a memory map stands; a program that execs is known by its new one after that.
    static let mapNanoseconds: UInt64 = 2_000_000_000
    /// Most processes whose map is kept, and most addresses named for each.
    static let processLimit = 1_024
    static let nameLimit = 4_096

    /// - Parameter imageBytes: the most memory that symbol tables may hold together.
    package init(procRoot: String = "/proc", imageBytes: Int = 24 << 20) {
        root = procRoot
        reader = ProcReader(root: ProcRoot(procRoot))
        images = ImageCache(byteLimit: imageBytes)
    }

    package var imageCounters: ImageCacheCounters { images.counters }

    /// Forgets all that can be read again.
    package mutating func empty() {
        processes.removeAll()
        images.empty()
    }

    /// Forgets a process that has ended.
    package mutating func forget(_ process: ProcessID) { processes[process] = nil }

    /// The function at an address, as far as it can be told.
    @available(*, noasync, message: "reads files, which can block")
    package mutating func function(
        at address: Address,
        of thread: ThreadID,
        in process: ProcessID,
        now: MonotonicInstant
    ) -> FunctionKey {
        counts.lookups += 1
        if let known = processes[process],
            now.nanoseconds(since: known.readAt) < Self.mapNanoseconds
        {
            if let name = known.names[address] { return name }
            if known.maps.mapping(at: address) != nil {
                return remember(name(address, process), address, process)
            }
        }
        guard readMaps(of: thread, process, now: now) else {
            fail("maps_unreadable")
            return .unknown
        }
        return remember(name(address, process), address, process)
    }

    private mutating func readMaps(
        of thread: ThreadID,
        _ process: ProcessID,
        now: MonotonicInstant
    ) -> Bool {
        guard case .value(let maps) = reader.memoryMaps(through: thread, of: process) else {
            return false
        }
        if processes.count >= Self.processLimit { processes.removeAll(keepingCapacity: true) }
        processes[process] = Known(maps: maps, readAt: now)
        return true
    }

    private mutating func remember(
        _ name: FunctionKey,
        _ address: Address,
        _ process: ProcessID
    ) -> FunctionKey {
        if let count = processes[process]?.names.count, count >= Self.nameLimit {
            processes[process]?.names.removeAll(keepingCapacity: true)
        }
        processes[process]?.names[address] = name
        return name
    }

    private mutating func name(_ address: Address, _ process: ProcessID) -> FunctionKey {
        guard let mapping = processes[process]?.maps.mapping(at: address) else {
            fail("unmapped")
            return .unknown
        }
        switch mapping.backing {
        case .vdso: return FunctionKey(symbol: "", object: "[vdso]")
        case .vsyscall: return FunctionKey(symbol: "", object: "[vsyscall]")
        case .anonymous:
            fail("anonymous")
            return FunctionKey(symbol: "", object: "[anonymous]")
        case .file(let path, _):
            let object = String(decoding: path.split(separator: 0x2F).last ?? [], as: UTF8.self)
            let offset = address.rawValue - mapping.start.rawValue &+ mapping.fileOffset
            switch image(mapping, process) {
            case .failure(let failure):
                fail(failure.reason)
                return FunctionKey(symbol: "", object: object)
            case .success(let image):
                let lookup = image.symbol(atFileOffset: offset)
                guard let symbol = lookup.symbol else {
                    fail(lookup.outcome)
                    return FunctionKey(symbol: "", object: object)
                }
                return FunctionKey(symbol: symbol.name, object: object)
            }
        }
    }

    private mutating func image(
        _ mapping: ExecutableMapping,
        _ process: ProcessID
    ) -> Result<Image, ImageFailure> {
        do throws(ImageFailure) {
            return images.image(of: try MappedFile.open(mapping, of: process, root: root))
        } catch {
            return .failure(error)
        }
    }

    private mutating func fail(_ reason: String) { counts.failures[reason, default: 0] += 1 }
}

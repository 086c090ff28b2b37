// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a cache of images has done so far, and holds now.
package struct ImageCacheCounters: Equatable, Sendable {
    /// Questions asked.
    package var lookups: UInt64 = 0
    /// Questions answered from memory, failures included.
    package var hits: UInt64 = 0
    /// Files that turned out to be another copy of an image that was held.
    package var shares: UInt64 = 0
    /// Entries removed to keep within the limits.
    package var evictions: UInt64 = 0
    /// Files that gave no image, or could not be opened, by reason.
    package var failures: [ImageFailure: UInt64] = [:]
    /// Parts of images that could not be read, by reason.
    package var partialFailures: [ImageFailure: UInt64] = [:]
    /// Symbols that were left out of images, by reason.
    package var symbolDrops: [SymbolDrop: UInt64] = [:]
    /// Bytes held now.
    package var bytes = 0
    /// Files known now, those that are no image included.
    package var entries = 0
}

/// Images by file, each read once, within a budget of bytes.
///
/// Two files that are one build by the claim of one owner share one image. The owner counts
/// because a build id can be copied: otherwise any user could name the functions of system
/// libraries for all. Users who share an owner's number, as containers without a user namespace do,
/// share this trust.
///
/// Files that are no image are remembered too. Paths that cannot be opened are not: they have no
/// identity, and asking again is one system call.
package struct ImageCache: ~Copyable {
    /// The most bytes that all images together may hold.
    package let byteLimit: Int
    /// The most files that are remembered.
    package let entryLimit: Int

    package private(set) var counters = ImageCacheCounters()

    private let limits: ImageLimits
    private var entries: [FileIdentity: Entry] = [:]
    private var shared: [Build: Shared] = [:]
    private var clock: UInt64 = 0

    /// What is known of one file.
    private struct Entry {
        let outcome: Result<Image, ImageFailure>
        let build: Build?
        var lastUse: UInt64
    }

    /// A build as its owner names it.
    private struct Build: Hashable {
        let id: BuildID
        let byteCount: UInt64
        let owner: UInt32
    }

    /// An image, and how many files it stands for.
    private struct Shared {
        let image: Image
        var files: Int
    }

    /// About what it takes to remember one file, in bytes.
    static let entryBytes = 256

    /// - Parameters:
    ///   - byteLimit: The most bytes that all images together may hold.
    ///   - entryLimit: The most files that are remembered.
    ///   - limits: The bounds for each file; symbol tables get no more than `byteLimit`.
    package init(byteLimit: Int, entryLimit: Int = 4096, limits: ImageLimits = .standard) {
        self.byteLimit = byteLimit
        self.entryLimit = entryLimit
        var limits = limits
        limits.symbolTableBytes = min(limits.symbolTableBytes, byteLimit)
        self.limits = limits
    }

    /// The image of the file at a path.
    ///
    /// - Parameters:
    ///   - path: The file, in the agent's own view of the file system.
    ///   - symbolicLinks: What to do where the last part of the path is a link.
    ///   - expected: The file that is mapped; any other one is `ImageFailure.replaced`.
    ///   - debugFiles: Where to look for what was stripped from it, if it has to be read.
    @available(*, noasync, message: "opens and reads a file, which can block")
    package mutating func image(
        at path: String,
        symbolicLinks: ImageFile.SymbolicLinks = .refuse,
        expecting expected: ExpectedFile?,
        debugFiles: DebugFileSearch? = nil
    ) -> Result<Image, ImageFailure> {
        do throws(ImageFailure) {
            return image(
                of: try ImageFile.open(
                    path,
                    symbolicLinks: symbolicLinks,
                    expecting: expected,
                    limits: limits
                ),
                debugFiles: debugFiles
            )
        } catch {
            counters.lookups += 1
            counters.failures[error, default: 0] += 1
            return .failure(error)
        }
    }

    /// The image of an open file.
    @available(*, noasync, message: "reads a file, which can block")
    package mutating func image(
        of file: borrowing ImageFile,
        debugFiles: DebugFileSearch? = nil
    ) -> Result<Image, ImageFailure> {
        counters.lookups += 1
        clock += 1
        if let known = entries[file.identity] {
            counters.hits += 1
            entries[file.identity]?.lastUse = clock
            return known.outcome
        }
        do throws(ImageFailure) {
            let image = try Image.read(from: file, limits: limits, debugFiles: debugFiles)
            return .success(remember(image, of: file))
        } catch {
            counters.failures[error, default: 0] += 1
            // A file that is being written has no identity to remember it by.
            if error != .changed {
                insert(Entry(outcome: .failure(error), build: nil, lastUse: clock), file.identity)
            }
            return .failure(error)
        }
    }

    private mutating func remember(_ read: Image, of file: borrowing ImageFile) -> Image {
        for failure in read.partialFailures { counters.partialFailures[failure, default: 0] += 1 }
        for (reason, count) in read.symbols.drops {
            counters.symbolDrops[reason, default: 0] += UInt64(count)
        }
        let build = read.buildID.map {
            Build(id: $0, byteCount: file.byteCount, owner: file.owner)
        }
        let image: Image
        if let build, let held = shared[build] {
            image = held.image
            shared[build]?.files += 1
            counters.shares += 1
        } else {
            image = read
            counters.bytes += read.byteCount
            if let build { shared[build] = Shared(image: read, files: 1) }
        }
        insert(Entry(outcome: .success(image), build: build, lastUse: clock), file.identity)
        return image
    }

    private mutating func insert(_ entry: Entry, _ identity: FileIdentity) {
        entries[identity] = entry
        counters.bytes += Self.entryBytes
        while counters.bytes > byteLimit || entries.count > entryLimit,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
        {
            evict(oldest)
        }
        counters.entries = entries.count
    }

    /// Removes everything; what is asked for again is read again.
    package mutating func empty() {
        for identity in Array(entries.keys) { evict(identity) }
        counters.entries = entries.count
    }

    private mutating func evict(_ identity: FileIdentity) {
        guard let entry = entries.removeValue(forKey: identity) else { return }
        counters.evictions += 1
        counters.bytes -= Self.entryBytes
        guard case .success(let image) = entry.outcome else { return }
        if let build = entry.build, let held = shared[build], held.files > 1 {
            shared[build]?.files -= 1
            return
        }
        if let build = entry.build { shared[build] = nil }
        counters.bytes -= image.byteCount
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images
internal import Profiles

/// The files that code is mapped from: their symbols and their unwind tables, each read once.
///
/// Tables are kept within a budget of bytes, and the least used go first; a mapping that is in use
/// keeps its own.
final class CodeFiles {
    private struct Entry {
        let table: UnwindTable?
        var lastUse: UInt64
    }

    /// The vDSO has two pages or a few more.
    private static let sharedObjectLimit = 1 << 20

    /// What some mapping in use still has of a file, whether or not it is kept here.
    private struct Living {
        weak var image: Image?
        weak var table: UnwindTable?
    }

    private let limits: CodeLimits
    private var images: ImageCache
    private var tables: [FileIdentity: Entry] = [:]
    private var living: [FileIdentity: Living] = [:]
    private var clock: UInt64 = 0
    /// Files whose tables could not be read, by reason.
    private(set) var failures: [String: UInt64] = [:]

    init(limits: CodeLimits) {
        self.limits = limits
        images = ImageCache(byteLimit: limits.imageBytes, limits: limits.image)
    }

    /// The memory that symbols and tables take, without tables that only mappings in use keep.
    var byteCount: Int { images.counters.bytes + tableBytes }

    private var tableBytes: Int { tables.values.reduce(0) { $0 + ($1.table?.byteCount ?? 0) } }

    /// Forgets all that can be read again.
    func empty() {
        images.empty()
        tables.removeAll()
    }

    /// What the file behind a mapping says; nothing for memory without a file.
    func contents(of code: MappedCode, root: String) -> MappedCode.Contents {
        switch code.mapping.backing {
        case .file(let path, _): fileContents(of: code, path, root: root)
        case .vdso: sharedObject(of: code)
        case .vsyscall, .anonymous: .none
        }
    }

    /// The kernel's shared object, which is in no file: it is copied out of the process.
    private func sharedObject(of code: MappedCode) -> MappedCode.Contents {
        let start = code.mapping.start
        let count = Int(clamping: code.mapping.end.rawValue - start.rawValue)
        do throws(ImageFailure) {
            guard count <= Self.sharedObjectLimit else { throw .tooLarge }
            let bytes = ProcessMemory.copy(
                count,
                from: start,
                of: ThreadID(leaderOf: code.process)
            )
            guard bytes.count == count else { throw .truncated }
            let image = try Image.read(fromMemory: bytes, mappedAt: start.rawValue)
            let sections = try UnwindSections.read(fromMemory: bytes)
            return MappedCode.Contents(
                table: sections.isEmpty ? nil : UnwindTable(sections),
                image: image,
                bias: start.rawValue &- (image.segments.lowestAddress?.rawValue ?? 0),
                failure: nil
            )
        } catch {
            failures[error.reason, default: 0] += 1
            return MappedCode.Contents(table: nil, image: nil, bias: 0, failure: error)
        }
    }

    private func fileContents(
        of code: MappedCode,
        _ path: [UInt8],
        root: String
    ) -> MappedCode.Contents {
        do throws(ImageFailure) {
            let file = try MappedFile.open(code.mapping, of: code.process, root: root)
            let search = DebugFileSearch(
                roots: ["\(root)/\(code.process)/root", "/"],
                imagePath: String(decoding: path, as: UTF8.self)
            )
            let image = try image(of: file, search)
            guard
                let start = image.segments.address(atFileOffset: code.mapping.fileOffset)
            else { throw .malformedHeader }
            return MappedCode.Contents(
                table: table(of: file),
                image: image,
                bias: code.mapping.start.rawValue &- start.rawValue,
                failure: nil
            )
        } catch {
            failures[error.reason, default: 0] += 1
            return MappedCode.Contents(table: nil, image: nil, bias: 0, failure: error)
        }
    }

    private func image(
        of file: borrowing ImageFile,
        _ search: DebugFileSearch
    ) throws(ImageFailure) -> Image {
        if let image = living[file.identity]?.image { return image }
        let image = try images.image(of: file, debugFiles: search).get()
        living[file.identity, default: Living()].image = image
        return image
    }

    private func table(of file: borrowing ImageFile) -> UnwindTable? {
        clock += 1
        if let known = tables[file.identity] {
            tables[file.identity]?.lastUse = clock
            return known.table
        }
        let table = living[file.identity]?.table ?? readTable(of: file)
        tables[file.identity] = Entry(table: table, lastUse: clock)
        living = living.filter { $0.value.image != nil || $0.value.table != nil }
        living[file.identity, default: Living()].table = table
        evict()
        return table
    }

    private func readTable(of file: borrowing ImageFile) -> UnwindTable? {
        let sections = try? UnwindSections.read(
            from: file,
            limits: limits.table,
            imageLimits: limits.image
        )
        return sections.flatMap { $0.isEmpty ? nil : UnwindTable($0, limits: limits.table) }
    }

    private func evict() {
        var bytes = tableBytes
        while bytes > limits.tableBytes, tables.count > 1,
            let oldest = tables.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            bytes -= oldest.value.table?.byteCount ?? 0
            tables[oldest.key] = nil
        }
    }
}

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

    private var images: ImageCache
    private var tables: [FileIdentity: Entry] = [:]
    private let tableByteLimit: Int
    private var clock: UInt64 = 0
    /// Files whose tables could not be read, by reason.
    private(set) var failures: [String: UInt64] = [:]

    /// - Parameters:
    ///   - imageBytes: the most memory that symbol tables may hold together.
    ///   - tableBytes: the same for unwind tables.
    init(imageBytes: Int, tableBytes: Int) {
        images = ImageCache(byteLimit: imageBytes)
        tableByteLimit = tableBytes
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
            let image = try images.image(of: file, debugFiles: search).get()
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

    private func table(of file: borrowing ImageFile) -> UnwindTable? {
        clock += 1
        if let known = tables[file.identity] {
            tables[file.identity]?.lastUse = clock
            return known.table
        }
        let sections = try? UnwindSections.read(from: file)
        let table = sections.flatMap { $0.isEmpty ? nil : UnwindTable($0) }
        tables[file.identity] = Entry(table: table, lastUse: clock)
        evict()
        return table
    }

    private func evict() {
        var bytes = tableBytes
        while bytes > tableByteLimit, tables.count > 1,
            let oldest = tables.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            bytes -= oldest.value.table?.byteCount ?? 0
            tables[oldest.key] = nil
        }
    }
}

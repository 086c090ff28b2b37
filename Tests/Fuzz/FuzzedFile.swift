// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images

/// Reads bytes as a file with symbols and unwind records.
enum FuzzedFile {
    /// One file in memory, without a name, for all inputs; -1 where there can be none.
    private static let descriptor: Int32 = {
        var path = Array("/dev/shm/parser-fuzz-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        unlink(path)
        return descriptor
    }()

    static func read(_ bytes: [UInt8]) -> String {
        guard write(bytes) else { return "unwritten" }
        let path = "/proc/self/fd/\(descriptor)"
        do throws(ImageFailure) {
            let file = try ImageFile.open(path, symbolicLinks: .follow, expecting: nil)
            let image = try Image.read(
                from: file,
                debugFiles: DebugFileSearch(roots: ["/nonexistent"], imagePath: "/a/b")
            )
            interrogate(image, byteCount: bytes.count)
            let sections = try UnwindSections.read(from: file)
            let table = UnwindTable(sections)
            FuzzedFrames.interrogate(table, around: 0x1000, seed: bytes.count)
            if let memory = try? Image.read(fromMemory: bytes, mappedAt: 0x5555_0000_0000) {
                interrogate(memory, byteCount: bytes.count)
            }
            let failures = Set((image.partialFailures + sections.failures).map { $0.reason })
            let kind = image.symbols.isEmpty ? "image" : "symbols"
            return ([kind] + failures.sorted()).joined(separator: "+")
        } catch {
            return error.reason
        }
    }

    private static func interrogate(_ image: Image, byteCount: Int) {
        let ends = image.segments.loads.prefix(4).flatMap { [$0.fileOffset, $0.fileBytes] }
        for offset in stride(from: 0, to: UInt64(byteCount), by: 997) {
            check(image.symbol(atFileOffset: offset))
        }
        for offset in ends + [UInt64.max] { check(image.symbol(atFileOffset: offset)) }
        for load in image.segments.loads.prefix(4) { check(image.symbol(at: load.address)) }
        // What is unpacked may be larger than the file, within the bound of its growth.
        precondition(image.symbols.byteCount <= 300 * (byteCount + (64 << 10)))
    }

    private static func check(_ lookup: SymbolLookup) {
        guard let symbol = lookup.symbol else { return }
        precondition(!symbol.name.isEmpty)
        precondition(symbol.name.utf8.count <= 3 * SymbolTable.nameBytesLimit + 8192)
    }

    /// All bytes of a file; nil where it cannot be read.
    static func contents(of path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &part, part.count)
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes += part[..<count]
        }
    }

    private static func write(_ bytes: [UInt8]) -> Bool {
        guard ftruncate(descriptor, 0) == 0 else { return false }
        return pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    }
}

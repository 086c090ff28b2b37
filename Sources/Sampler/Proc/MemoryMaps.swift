// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// The executable mappings of a process, from `/proc/PID/maps` (proc(5)).
///
/// The file of a zombie leader is empty: read that of a living thread then.
package struct MemoryMaps: Equatable, Sendable {
    /// The mappings that hold code, by rising address.
    package private(set) var mappings: [ExecutableMapping] = []

    /// Lines that are not as proc(5) describes them, or not above the mapping before.
    package private(set) var unreadableLines = 0

    /// Whether the file had more lines than `maximumLines`; the rest was not read.
    package private(set) var hitLineLimit = false

    /// Whether the file had more bytes than `maximumBytes`; the rest was not read.
    package private(set) var hitByteLimit = false

    /// The kernel's own default limit on mappings (`vm.max_map_count`) is 65,530.
    package static let maximumLines = 65_536

    /// The most bytes to read of one file.
    package static let maximumBytes = 16 * 1024 * 1024

    /// Reads the bytes of the file; `isTruncated` says that there was more at the byte limit.
    package static func parse(_ bytes: Span<UInt8>, isTruncated: Bool = false) -> MemoryMaps {
        var maps = MemoryMaps()
        maps.hitByteLimit = isTruncated
        var lines = ByteScanner()
        var lineCount = 0
        var highestEnd: UInt64 = 0
        while let range = lines.take(until: .newline, in: bytes) {
            if lineCount == maximumLines {
                maps.hitLineLimit = true
                break
            }
            lineCount += 1
            // The last line has its end too, unless the bytes were cut.
            guard range.upperBound < bytes.count,
                let line = MapLine(bytes.extracting(range)), line.start >= highestEnd
            else {
                maps.unreadableLines += 1
                continue
            }
            highestEnd = line.end
            if line.permissions.contains(.execute) {
                maps.mappings.append(line.mapping(bytes.extracting(range)))
            }
        }
        return maps
    }

    /// The mapping that holds `address`, by binary search; nil if none with code does.
    package func mapping(at address: Address) -> ExecutableMapping? {
        let low = mappings.partitionPoint { $0.end <= address }
        guard low < mappings.count, mappings[low].contains(address) else { return nil }
        return mappings[low]
    }
}

/// The columns of one line: `START-END rwxp OFFSET MAJOR:MINOR INODE      PATH`.
private struct MapLine {
    let start: UInt64
    let end: UInt64
    let permissions: MappingPermissions
    let fileOffset: UInt64
    let device: DeviceNumber
    let inode: UInt64
    /// Where the last column starts; the end of the line if there is none.
    let pathStart: Int

    /// Reads the numbers only, as most lines are passed over.
    init?(_ line: Span<UInt8>) {
        var scanner = ByteScanner()
        guard let start = scanner.hexadecimal(in: line),
            scanner.take(UInt8(ascii: "-"), in: line), let end = scanner.hexadecimal(in: line),
            scanner.take(.space, in: line), start < end,
            let letters = scanner.field(in: line), letters.count == 4,
            scanner.take(.space, in: line), let offset = scanner.hexadecimal(in: line),
            scanner.take(.space, in: line), let major = scanner.hexadecimal(in: line),
            scanner.take(UInt8(ascii: ":"), in: line), let minor = scanner.hexadecimal(in: line),
            scanner.take(.space, in: line), let inode = scanner.decimal(in: line)
        else { return nil }
        self.start = start
        self.end = end
        permissions = MapLine.permissions(line.extracting(letters))
        fileOffset = offset
        device = DeviceNumber(
            major: UInt32(truncatingIfNeeded: major),
            minor: UInt32(truncatingIfNeeded: minor)
        )
        self.inode = inode
        scanner.skipBlanks(in: line)
        pathStart = scanner.position
    }

    func mapping(_ line: Span<UInt8>) -> ExecutableMapping {
        ExecutableMapping(
            start: Address(start),
            end: Address(end),
            permissions: permissions,
            fileOffset: fileOffset,
            device: device,
            inode: inode,
            backing: backing(line.extracting(pathStart..<line.count))
        )
    }

    private func backing(_ path: Span<UInt8>) -> MappingBacking {
        if path.equals("[vdso]") { return .vdso }
        if path.equals("[vsyscall]") { return .vsyscall }
        // Names in brackets are the kernel's or prctl(PR_SET_VMA_ANON_NAME)'s. A path begins
        // with a slash, but for one on a file system that was unmounted lazily.
        guard inode != 0, !path.hasPrefix("[") else { return .anonymous }
        let deleted: StaticString = " (deleted)"
        let length = path.count - deleted.utf8CodeUnitCount
        let isDeleted = length > 0 && path.hasPrefix(deleted, at: length)
        return .file(
            path: MapLine.unescaped(path.extracting(0..<(isDeleted ? length : path.count))),
            isDeleted: isDeleted
        )
    }

    private static func permissions(_ letters: Span<UInt8>) -> MappingPermissions {
        var permissions: MappingPermissions = []
        if letters[0] == UInt8(ascii: "r") { permissions.insert(.read) }
        if letters[1] == UInt8(ascii: "w") { permissions.insert(.write) }
        if letters[2] == UInt8(ascii: "x") { permissions.insert(.execute) }
        if letters[3] == UInt8(ascii: "s") { permissions.insert(.shared) }
        return permissions
    }

    /// The path with `\012` as the line end it stands for.
    ///
    /// The kernel escapes nothing else here (`seq_path` with "\n", Linux, `fs/proc/task_mmu.c`),
    /// not even the backslash: any other escape is part of the name.
    private static func unescaped(_ path: Span<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(path.count)
        var index = 0
        while index < path.count {
            if path.hasPrefix(#"\012"#, at: index) {
                plain.append(.newline)
                index += 4
            } else {
                plain.append(path[index])
                index += 1
            }
        }
        return plain
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Sampler

/// A parser of what others have written, under any bytes.
///
/// Each reads its input as the agent would, asks the result about places all over it, and checks
/// what the parser promises. The outcome is only for the count: any answer will do.
enum FuzzedParser: String, CaseIterable {
    /// A program or library, its symbols and its unwind records, from a file and from memory.
    case elf
    /// `.eh_frame` with its search table, and `.debug_frame`.
    case cfi
    /// xz, and sections packed by zlib and Zstandard.
    case packed
    case perfmap
    case maps
    /// The small files of `/proc`.
    case proc
    /// Names of C++, Rust and Swift.
    case names
    /// Profiles in each format that is read back.
    case profile

    func read(_ bytes: [UInt8]) -> String {
        switch self {
        case .elf: FuzzedFile.read(bytes)
        case .cfi: FuzzedFrames.read(bytes)
        case .packed: Self.unpack(bytes)
        case .perfmap: Self.readPerfMap(bytes)
        case .maps: Self.readMaps(bytes)
        case .proc: FuzzedProc.read(bytes)
        case .names: Self.demangle(bytes)
        case .profile: FuzzedProfile.read(bytes)
        }
    }

    /// A first byte that is odd is for xz.
    private static func unpack(_ bytes: [UInt8]) -> String {
        guard let first = bytes.first else { return "empty" }
        let packed = Array(bytes.dropFirst())
        let limit: UInt64 = 16 << 20
        do throws(ImageFailure) {
            let plain =
                first % 2 == 1
                ? try XZ.decompress(packed, limit: limit)
                : try CompressedSection.unpack(packed, limit: limit)
            precondition(UInt64(plain.count) <= limit)
            return first % 2 == 1 ? "xz" : "section"
        } catch {
            return error.reason
        }
    }

    /// The first byte says where the file ended when it was read first.
    private static func readPerfMap(_ bytes: [UInt8]) -> String {
        guard let first = bytes.first else { return "empty" }
        let text = Array(bytes.dropFirst())
        let part = text.count * Int(first) / 256
        var map = PerfMap()
        map.append(Array(text[..<part]))
        map.append(Array(text[part...]))
        precondition(map.count <= PerfMap.rangeLimit)
        var random = SplitMix64(seed: UInt64(first))
        var addresses: [UInt64] = [0, 0x1000, UInt64.max]
        for _ in 0..<8 { addresses.append(random.next() >> 16) }
        for address in addresses {
            guard let function = map.function(at: Address(address)) else { continue }
            precondition(function.addresses.contains(Address(address)))
        }
        let drops = map.drops.keys.map(\.rawValue).sorted().joined(separator: "+")
        return (map.count > 0 ? "functions" : "none") + (drops.isEmpty ? "" : " " + drops)
    }

    private static func readMaps(_ bytes: [UInt8]) -> String {
        let maps = MemoryMaps.parse(bytes.span, isTruncated: bytes.count % 2 == 1)
        var end = Address(0)
        for mapping in maps.mappings {
            precondition(end <= mapping.start && mapping.start < mapping.end)
            precondition(maps.mapping(at: mapping.start) == mapping)
            end = mapping.end
        }
        _ = maps.mapping(at: Address(0))
        _ = maps.mapping(at: Address(UInt64.max))
        return (maps.mappings.isEmpty ? "none" : "mappings")
            + (maps.unreadableLines > 0 ? " unreadable_lines" : "")
    }

    private static func demangle(_ bytes: [UInt8]) -> String {
        guard let name = Demangler.demangle(bytes[...]) else { return "as_it_is" }
        // Bytes that are no UTF-8 become three each.
        precondition(name.utf8.count <= 3 * (Demangler.outputBytesLimit + bytes.count))
        return "demangled"
    }
}

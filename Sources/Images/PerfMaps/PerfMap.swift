// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A function that a runtime compiled while its program ran.
package struct CompiledFunction: Hashable, Sendable {
    /// The name to show.
    package let name: String
    /// The name as the runtime wrote it; bytes that are not UTF-8 are U+FFFD.
    package let systemName: String
    /// Where the function lies, as far as no later one has taken its place.
    package let addresses: Range<Address>
}

/// The functions of a perf map, sorted.
///
/// A later line takes the place of earlier ones: the runtime has freed their code and used the
/// memory again.
package struct PerfMap: Sendable {
    /// The most functions, or parts of them, that are kept.
    package static let rangeLimit = 1 << 18
    /// The most bytes of all names that are kept.
    package static let nameBytesLimit = 16 << 20

    private struct Row: Sendable {
        let start: UInt64
        let end: UInt64
        let name: UInt32
        let nameBytes: UInt32
    }

    private var rows: [Row] = []
    private var names: [UInt8] = []
    private var parser = PerfMapParser()
    private var tooMany = 0

    /// A map without functions.
    package init() {}

    /// How many functions, or parts of them, there are.
    package var count: Int { rows.count }

    /// The memory that the map holds, in bytes.
    package var byteCount: Int { rows.capacity * MemoryLayout<Row>.stride + names.capacity }

    /// How many lines were left out, by reason.
    package var drops: [PerfMapDrop: Int] {
        var drops = parser.drops
        if tooMany > 0 { drops[.tooMany] = tooMany }
        return drops
    }

    /// Takes the bytes that follow in the file; a line may go on in the next call.
    package mutating func append(_ bytes: [UInt8]) {
        var fresh: [PerfMapParser.Line] = []
        parser.read(bytes) { fresh.append($0) }
        guard !fresh.isEmpty else { return }
        let ranges = rows.map { $0.start..<$0.end } + fresh.map(\.addresses)
        let old = rows
        let oldNames = names
        rows = []
        names = []
        // A function that is in parts has its name once.
        var places: [Int: UInt32] = [:]
        for part in PerfMapRanges.newestOnTop(ranges) {
            let name =
                part.index < old.count
                ? oldNames[Int(old[part.index].name)...].prefix(Int(old[part.index].nameBytes))
                : fresh[part.index - old.count].name
            guard rows.count < Self.rangeLimit,
                let place = places[part.index] ?? add(name)
            else {
                tooMany += 1
                continue
            }
            places[part.index] = place
            rows.append(
                Row(
                    start: part.addresses.lowerBound,
                    end: part.addresses.upperBound,
                    name: place,
                    nameBytes: UInt32(name.count)
                )
            )
        }
    }

    /// The function that holds an address, or nil where none does.
    package func function(at address: Address) -> CompiledFunction? {
        let low = rows.partitionPoint { $0.start <= address.rawValue }
        guard low > 0, address.rawValue < rows[low - 1].end else { return nil }
        let row = rows[low - 1]
        let name = names[Int(row.name)...].prefix(Int(row.nameBytes))
        let systemName = String(decoding: name, as: UTF8.self)
        return CompiledFunction(
            name: Demangler.demangle(name) ?? systemName,
            systemName: systemName,
            addresses: Address(row.start)..<Address(row.end)
        )
    }

    private mutating func add(_ name: ArraySlice<UInt8>) -> UInt32? {
        guard names.count + name.count <= Self.nameBytesLimit else { return nil }
        names += name
        return UInt32(names.count - name.count)
    }
}

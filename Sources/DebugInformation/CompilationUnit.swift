// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CDebugInformation

/// What a compiler was given at once: its functions, and its table of lines.
final class CompilationUnit {
    /// Has the table of lines.
    private let root: DebugEntry
    /// Has the functions: another one than `root` where they are in a file of their own.
    private let tree: DebugEntry
    private var functions: AddressTable<DebugEntry>?

    /// How deep entries may lie within each other.
    private static let depthLimit = 1024

    init(root: DebugEntry, tree: DebugEntry) {
        self.root = root
        self.tree = tree
    }

    /// The functions that an address belongs to, the innermost inlined one first, and the place in
    /// each; empty where nothing is known of the address.
    func frames(at address: UInt64, _ limit: WorkLimit) -> [SourceFrame] {
        var place = line(at: address)
        guard let function = knownFunctions(limit).value(at: address) else {
            // Assembly has lines and no functions.
            return place.file.isEmpty && place.line == 0 ? [] : [place]
        }
        var frames: [SourceFrame] = []
        for call in inlinedCalls(in: function, at: address, limit).reversed() {
            frames.append(named(place, by: call))
            place = SourceFrame()
            place.file = call.number(Int(DW_AT_call_file)).map(file) ?? ""
            place.line = UInt32(clamping: call.number(Int(DW_AT_call_line)) ?? 0)
        }
        frames.append(named(place, by: function))
        return frames
    }

    private func named(_ place: SourceFrame, by function: DebugEntry) -> SourceFrame {
        guard let names = function.names else { return place }
        var place = place
        (place.name, place.systemName) = names
        return place
    }

    private func line(at address: UInt64) -> SourceFrame {
        var frame = SourceFrame()
        var entry = root.entry
        guard let line = root.calls.getsrc_die?(&entry, address) else { return frame }
        var number: Int32 = 0
        if root.calls.lineno?(line, &number) == 0 { frame.line = UInt32(clamping: number) }
        frame.file = DebugEntry.text(root.calls.linesrc?(line, nil, nil)) ?? ""
        return frame
    }

    /// A file by its number in the table of lines.
    private func file(_ index: UInt64) -> String {
        var entry = root.entry
        var files: OpaquePointer?
        var count = 0
        guard root.calls.getsrcfiles?(&entry, &files, &count) == 0, index < UInt64(max(0, count))
        else { return "" }
        return DebugEntry.text(root.calls.filesrc?(files, Int(index), nil, nil)) ?? ""
    }

    /// The inlined calls in a function that an address is in, the outermost first.
    private func inlinedCalls(
        in function: DebugEntry,
        at address: UInt64,
        _ limit: WorkLimit
    ) -> [DebugEntry] {
        var calls: [DebugEntry] = []
        var scope = function
        for _ in 0..<Self.depthLimit {
            var next: DebugEntry?
            var child = scope.firstChild
            while let entry = child, limit.step() {
                if Self.isScope(entry.tag), entry.holds(address) {
                    next = entry
                    break
                }
                child = entry.nextSibling
            }
            guard let next else { break }
            if next.tag == Int(DW_TAG_inlined_subroutine) { calls.append(next) }
            scope = next
        }
        return calls
    }

    /// All functions that have code, found at the first question.
    private func knownFunctions(_ limit: WorkLimit) -> AddressTable<DebugEntry> {
        if let functions { return functions }
        var table = AddressTable<DebugEntry>()
        var waiting = tree.firstChild.map { [$0] } ?? []
        while let entry = waiting.popLast(), limit.step() {
            if let sibling = entry.nextSibling { waiting.append(sibling) }
            let tag = entry.tag
            if tag == Int(DW_TAG_subprogram) {
                entry.forEachRange { table.add(from: $0, to: $1, entry) }
            }
            guard Self.holdsFunctions(tag), waiting.count < Self.depthLimit else { continue }
            if let child = entry.firstChild { waiting.append(child) }
        }
        table.sort()
        functions = table
        return table
    }

    private static func isScope(_ tag: Int) -> Bool {
        [
            Int(DW_TAG_inlined_subroutine), Int(DW_TAG_lexical_block), Int(DW_TAG_try_block),
            Int(DW_TAG_catch_block), Int(DW_TAG_with_stmt),
        ]
        .contains(tag)
    }

    private static func holdsFunctions(_ tag: Int) -> Bool {
        [
            Int(DW_TAG_subprogram), Int(DW_TAG_lexical_block), Int(DW_TAG_namespace),
            Int(DW_TAG_module), Int(DW_TAG_structure_type), Int(DW_TAG_class_type),
            Int(DW_TAG_union_type), Int(DW_TAG_enumeration_type), Int(DW_TAG_interface_type),
            Int(DW_TAG_variant_part), Int(DW_TAG_variant),
        ]
        .contains(tag)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CDebugInformation
package import Images

/// Tells of the addresses of one file which source lines they come from.
///
/// Which unit has an address is taken from the units themselves: the section that lists it
/// (`.debug_aranges`) is not written by all compilers.
package final class DebugReader {
    private let source: DebugSource
    private let handle: OpaquePointer
    private let calls: cdebuginformation
    private let limit: WorkLimit
    private var units = AddressTable<CompilationUnit>()

    /// Opens a file; nil where libdw cannot read it.
    package init?(_ source: consuming DebugSource, library: DebugLibrary, limit: WorkLimit) {
        let calls = library.calls
        guard let handle = source.withDescriptor({ calls.begin?($0, DWARF_C_READ) }) else {
            return nil
        }
        self.source = source
        self.handle = handle
        self.calls = calls
        self.limit = limit
        addUnits()
    }

    deinit { _ = calls.end?(handle) }

    /// The functions at a byte of the program's file, the innermost inlined one first; empty where
    /// nothing is known of it.
    package func frames(atFileOffset offset: UInt64) -> [SourceFrame] {
        guard let address = source.segments.address(atFileOffset: offset)?.rawValue,
            let unit = units.value(at: address)
        else { return [] }
        return unit.frames(at: address, limit)
    }

    private func addUnits() {
        var unit: OpaquePointer?
        while limit.step() {
            var next: OpaquePointer?
            var version: Dwarf_Half = 0
            var type: UInt8 = 0
            var (root, split) = (Dwarf_Die(), Dwarf_Die())
            guard
                calls.get_units?(handle, unit, &next, &version, &type, &root, &split) == 0
            else { break }
            unit = next
            add(root, split)
        }
        units.sort()
    }

    private func add(_ root: Dwarf_Die, _ split: Dwarf_Die) {
        let entry = DebugEntry(root, calls: calls)
        guard
            [Int(DW_TAG_compile_unit), Int(DW_TAG_skeleton_unit)].contains(entry.tag)
        else { return }
        let tree = DebugEntry(split, calls: calls)
        let hasOwnFile = tree.tag == Int(DW_TAG_compile_unit)
        let unit = CompilationUnit(root: entry, tree: hasOwnFile ? tree : entry)
        entry.forEachRange { units.add(from: $0, to: $1, unit) }
    }
}

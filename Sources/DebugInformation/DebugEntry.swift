// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CDebugInformation
internal import Glibc
internal import Images

/// Asks libdw about one entry of debug information (DWARF 5, chapter 2).
///
/// An entry is three words that lead into memory of libdw's, which lives as long as the file is
/// open.
struct DebugEntry {
    let calls: cdebuginformation
    private(set) var entry: Dwarf_Die

    /// The most ranges of one entry.
    private static let rangeLimit = 1 << 20
    /// The longest name, in bytes.
    private static let nameLimit = 4096

    init(_ entry: Dwarf_Die, calls: cdebuginformation) {
        self.entry = entry
        self.calls = calls
    }

    /// What the entry describes (`DW_TAG_`).
    var tag: Int {
        var entry = entry
        return Int(calls.tag?(&entry) ?? 0)
    }

    var firstChild: DebugEntry? {
        var (entry, child) = (entry, Dwarf_Die())
        guard calls.child?(&entry, &child) == 0 else { return nil }
        return DebugEntry(child, calls: calls)
    }

    var nextSibling: DebugEntry? {
        var (entry, sibling) = (entry, Dwarf_Die())
        guard calls.siblingof?(&entry, &sibling) == 0 else { return nil }
        return DebugEntry(sibling, calls: calls)
    }

    /// Whether the code of the entry has an address.
    func holds(_ address: UInt64) -> Bool {
        var entry = entry
        return (calls.haspc?(&entry, address) ?? 0) > 0
    }

    /// Calls `body` with the start and the end of each range of code of the entry.
    func forEachRange(_ body: (UInt64, UInt64) -> Void) {
        var entry = entry
        var (base, start, end): (Dwarf_Addr, Dwarf_Addr, Dwarf_Addr) = (0, 0, 0)
        var offset = 0
        for _ in 0..<Self.rangeLimit {
            offset = calls.ranges?(&entry, offset, &base, &start, &end) ?? 0
            guard offset > 0 else { return }
            body(start, end)
        }
    }

    /// An attribute that is text, of the entry or of the one that it is an instance of.
    func text(_ name: Int) -> String? {
        var (entry, attribute) = (entry, Dwarf_Attribute())
        guard let found = calls.attr_integrate?(&entry, UInt32(name), &attribute) else {
            return nil
        }
        return Self.text(calls.formstring?(found))
    }

    /// An attribute of the entry itself that is a number.
    func number(_ name: Int) -> UInt64? {
        var (entry, attribute) = (entry, Dwarf_Attribute())
        var value: Dwarf_Word = 0
        guard let found = calls.attr?(&entry, UInt32(name), &attribute),
            calls.formudata?(found, &value) == 0
        else { return nil }
        return value
    }

    /// The function's names: the linker's is read if there is one, as those of symbols are.
    var names: (shown: String, system: String)? {
        let linker = text(Int(DW_AT_linkage_name)) ?? text(Int(DW_AT_MIPS_linkage_name))
        if let linker, !linker.isEmpty {
            return (Demangler.demangle(Array(linker.utf8)[...]) ?? linker, linker)
        }
        guard let name = text(Int(DW_AT_name)), !name.isEmpty else { return nil }
        return (name, name)
    }

    static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        let bytes = UnsafeRawBufferPointer(start: pointer, count: strnlen(pointer, nameLimit))
        return String(decoding: bytes, as: UTF8.self)
    }
}

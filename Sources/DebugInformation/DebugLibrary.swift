// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CDebugInformation

/// libdw, loaded into this process.
///
/// It is not hardened against hostile files: one may crash it, or keep it busy for ever. So it is
/// used only by a helper process that may die of it.
package struct DebugLibrary {
    let calls: cdebuginformation

    /// The library of elfutils 0.171 and later (`dwarf_get_units`).
    package static let file = "libdw.so.1"

    /// Loads it; nil where it is not installed.
    package init?(file: String = Self.file) {
        var calls = cdebuginformation()
        guard cdebuginformation_load(file, &calls) else { return nil }
        self.calls = calls
    }
}

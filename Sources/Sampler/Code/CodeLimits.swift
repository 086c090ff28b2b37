// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Images

/// How much is kept of the files that code is mapped from.
struct CodeLimits {
    /// Most memory of all symbol tables together, in bytes.
    var imageBytes: Int
    /// The same of unwind tables.
    var tableBytes: Int
    /// What is read of one file.
    var image = ImageLimits.standard
    var table = UnwindLimits.standard

    init(imageBytes: Int, tableBytes: Int) {
        self.imageBytes = imageBytes
        self.tableBytes = tableBytes
    }

    /// The limits within a memory budget.
    ///
    /// A file that would take a good part of it for itself is left out: to read it again whenever
    /// others have pushed it out would cost more CPU time than sampling does.
    init(within budgetBytes: UInt64) {
        let budget = Int(clamping: budgetBytes)
        imageBytes = budget / 6
        tableBytes = budget / 8
        image.symbolTableBytes = min(budget / 8, image.symbolTableBytes)
        table.sectionBytes = min(budget / 8, table.sectionBytes)
        table.pageBytes = min(budget / 24, table.pageBytes)
    }
}

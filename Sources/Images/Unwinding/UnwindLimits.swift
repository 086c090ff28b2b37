// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The bounds of one file's unwind table; the file's owner may be hostile.
package struct UnwindLimits: Hashable, Sendable {
    /// The longest frame section that is read, in bytes.
    package var sectionBytes: Int
    /// The most memory of compiled pages, in bytes; the least recently used ones make room.
    package var pageBytes: Int
    /// The most instructions that the compilation of one page runs.
    package var pageInstructions: Int
    /// The most instructions that one step runs which needs a full evaluation.
    package var stepInstructions: Int

    /// The limits of the agent: far above what compilers produce.
    package static let standard = UnwindLimits(
        sectionBytes: 64 << 20,
        pageBytes: 16 << 20,
        pageInstructions: 1 << 18,
        stepInstructions: 1 << 15
    )
}

/// What an unwind table has counted since it was made.
package struct UnwindCounts: Hashable, Sendable {
    /// Pages that were compiled, those compiled again included.
    package internal(set) var compiledPages: UInt64 = 0
    /// Pages that made room for others.
    package internal(set) var evictedPages: UInt64 = 0
    /// Pages that were not compiled to their end because of `UnwindLimits.pageInstructions`.
    package internal(set) var cutPages: UInt64 = 0
    /// Functions of compiled pages, and of the first walk, whose records cannot be read.
    package internal(set) var droppedRecords: UInt64 = 0
    /// Rows that were left for full evaluation since the table has no room for further rules.
    package internal(set) var ruleOverflows: UInt64 = 0
    /// Steps that needed a full evaluation.
    package internal(set) var slowSteps: UInt64 = 0
}

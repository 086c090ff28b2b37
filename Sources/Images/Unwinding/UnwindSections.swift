// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The unwind records of one file, indexed by address.
///
/// It is made where waiting is allowed, and then given to the `UnwindTable` of a domain.
package struct UnwindSections: Sendable {
    /// Why sections could not be read; the others hold.
    package let failures: [ImageFailure]

    /// The first that describes an address decides.
    let tables: [FrameTable]
    /// What a Go program knows of its own functions; it goes before the tables.
    let goFunctions: GoFunctionTable?

    /// Indexes sections.
    ///
    /// - Parameters:
    ///   - ehFrame: `.eh_frame`, which programs unwind by themselves.
    ///   - header: The bytes and the address of `.eh_frame_hdr`; without it, or if it is malformed,
    ///     the records are walked and sorted.
    ///   - debugFrame: `.debug_frame`, for what `ehFrame` leaves out.
    package init(
        ehFrame: FrameSection?,
        header: (bytes: [UInt8], address: ImageAddress)? = nil,
        debugFrame: FrameSection? = nil
    ) {
        let table = header.flatMap { FrameHeaderTable($0.bytes, at: $0.address) }
        self.init(ehFrame: ehFrame, table, debugFrame: debugFrame, failures: [])
    }

    init(
        ehFrame: FrameSection?,
        _ header: FrameHeaderTable?,
        debugFrame: FrameSection?,
        goFunctions: GoFunctionTable? = nil,
        failures: [ImageFailure]
    ) {
        var tables: [FrameTable] = []
        if let ehFrame { tables.append(FrameTable(ehFrame, header: header)) }
        if let debugFrame { tables.append(FrameTable(debugFrame)) }
        self.tables = tables
        self.goFunctions = goFunctions
        self.failures = failures
    }

    /// Whether there are no records at all.
    package var isEmpty: Bool {
        goFunctions == nil && tables.allSatisfy { $0.index.count == 0 }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Images
package import Profiles

/// Unwinds stacks of one process by what it has mapped now, with nothing else around it: what the
/// benchmarks compare with other unwinders.
package struct ProcessUnwinder {
    private let map: CodeMap
    private var unwinder = Unwinder()

    /// - Parameter root: the proc file system.
    /// - Returns: nil where the mappings can't be read.
    package init?(of process: ProcessID, root: String = "/proc") {
        let files = CodeFiles(
            limits: CodeLimits(imageBytes: 512 << 20, tableBytes: 256 << 20)
        )
        let map = CodeMaps(root: root, files: files).map(
            of: process,
            through: ThreadID(leaderOf: process),
            now: .now()
        )
        guard let map else { return nil }
        self.map = map
    }

    /// How many frames the latest stack has.
    package var frameCount: Int { unwinder.frames.count }

    /// For each frame of the latest stack where to look up its function, the innermost first.
    package var addresses: [UInt64] { unwinder.frames.map(\.address) }

    /// Unwinds one stack.
    package mutating func unwind(_ registers: RegisterFile, _ stack: StackBytes) -> StackEnd {
        unwinder.unwind(registers, stack, in: map)
    }
}

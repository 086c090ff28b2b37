// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Profiles

/// A page shared with the guard process that names the targets in hand.
///
/// Only PTRACE_ATTACH needs it: its SIGSTOP outlives an agent that dies before the detach, and the
/// guard then sends SIGCONT. Layout: `slotCount` 64-bit words, each a process id, or 0.
package final class GuardPage: Sendable {
    private let memory: SharedWords

    /// One visit and all that may be parked.
    static let slotCount = EngineSettings.parkedLimit + 1

    /// Maps a file of at least one page.
    ///
    /// - Returns: nil if it can't be mapped.
    package init?(descriptor: Int32) {
        guard let memory = SharedWords(descriptor: descriptor) else { return nil }
        self.memory = memory
    }

    /// Names a target before the attach.
    func arm(_ process: ProcessID) { replace(0, with: word(process), everywhere: false) }

    /// Forgets a target after its detach.
    func disarm(_ process: ProcessID) { replace(word(process), with: 0, everywhere: true) }

    /// The targets in hand.
    package var armedProcesses: [ProcessID] {
        (0..<Self.slotCount).compactMap { slot in
            let value = memory.load(slot)
            return value == 0 ? nil : ProcessID(Int32(truncatingIfNeeded: value))
        }
    }

    /// Sends SIGCONT to every target in hand: what its dead agent would have done.
    ///
    /// - Returns: the targets.
    @discardableResult
    package func releaseAll() -> [ProcessID] {
        let targets = armedProcesses
        for target in targets {
            kill(target.rawValue, SIGCONT)
            disarm(target)
        }
        return targets
    }

    private func word(_ process: ProcessID) -> UInt64 {
        UInt64(UInt32(bitPattern: process.rawValue))
    }

    private func replace(_ old: UInt64, with new: UInt64, everywhere: Bool) {
        for slot in 0..<Self.slotCount where memory.load(slot) == old {
            memory.store(new, slot)
            if !everywhere { return }
        }
    }
}

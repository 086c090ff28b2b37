// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sampler
import Synchronization

/// A line about a recording that is going on, where standard error is a terminal.
final class RecordingProgress: Sendable {
    private let began: ContinuousClock.Instant
    private let isShown: Bool
    private let shownAt: Mutex<ContinuousClock.Instant>

    private static let period = Duration.milliseconds(500)

    init(began: ContinuousClock.Instant) {
        self.began = began
        shownAt = Mutex(began)
        isShown = isatty(2) == 1
    }

    /// Writes the line anew if it is time.
    func show(_ recorder: Recorder) async {
        guard isShown else { return }
        let now = ContinuousClock.now
        let isDue = shownAt.withLock { shown in
            guard now - shown >= Self.period else { return false }
            shown = now
            return true
        }
        guard isDue else { return }
        let samples = await recorder.sampleCount
        let tenths = (now - began).nanoseconds / 100_000_000
        StandardError.write(
            "\rrecording: \(tenths / 10).\(tenths % 10) s, \(samples) samples; Ctrl-C ends it"
                + "\u{1b}[K"
        )
    }

    /// Takes the line away.
    func clear() {
        if isShown { StandardError.write("\r\u{1b}[K") }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler
import Synchronization

/// Measures the periods of a live view and takes out of a recording what each has found.
final class TopPeriod: Sendable {
    private struct Start {
        let instant: MonotonicInstant
        let nanoseconds: UInt64
    }

    private let start: Mutex<Start>

    init() { start = Mutex(Self.now()) }

    /// Ends a period and begins the next.
    func take(from recorder: Recorder) async -> RecordedWindow {
        let now = Self.now()
        let began = start.withLock { start in
            defer { start = now }
            return start
        }
        return await recorder.takeWindow(
            startNanoseconds: began.nanoseconds,
            durationNanoseconds: now.instant.nanoseconds(since: began.instant)
        )
    }

    private static func now() -> Start {
        Start(instant: .now(), nanoseconds: RealTime.nanoseconds)
    }
}

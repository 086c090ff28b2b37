// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Sampler
import ServiceLifecycle
import UnixSignals

/// Stops all visits when SIGUSR1 comes, and lets them go on when it comes again.
struct PauseService: Service {
    let tracer: Tracer
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigusr1)
        var isPaused = false
        for await _ in signals.cancelOnGracefulShutdown() {
            isPaused.toggle()
            await tracer.setPaused(isPaused)
            logger.notice(
                isPaused
                    ? "Paused by SIGUSR1: no target is stopped before the signal comes again"
                    : "Resumed by SIGUSR1"
            )
        }
    }
}

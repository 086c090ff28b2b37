// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Sampler

/// A thread that nothing else runs on, for tests that wait for any child or tracee of theirs.
///
/// On a thread of the pool such a wait could take the end of another test's child away, and that
/// test would wait for it for ever.
actor OwnThread {
    private nonisolated let executor: TracerExecutor

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init() throws {
        executor = try TracerExecutor()
        try executor.start()
    }

    deinit { executor.stop() }

    /// Runs a body on the thread, as part of the calling test.
    func run<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value { try body() }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Synchronization
import Testing

@testable import Sampler

@Suite(.serialized)
struct CanaryTests {
    private static let waits = 100

    @Test("A wait that one of the agent's signals ends is not harmed")
    func lateSignals() async throws {
        let figures = try await figuresAfterWaits(signal: CanarySignals.number)

        #expect(figures.signalsReceived > 0)
        #expect(figures.interruptedWaits == 0)
    }

    @Test("A wait that fails without such a signal is")
    func interruptions() async throws {
        // With a handler that counts nothing, which is all that a stop leaves to be seen of it.
        let figures = try await figuresAfterWaits(signal: CanarySignals.number + 1)

        #expect(figures.signalsReceived == 0)
        #expect(figures.interruptedWaits > 0)
    }

    /// What the canary counts in waits during which its thread gets a signal again and again.
    private func figuresAfterWaits(signal number: Int32) async throws -> CanaryPage.Figures {
        let descriptor = cptrace_create_memory_file("canary-test")
        defer { close(descriptor) }
        try #require(ftruncate(descriptor, 4_096) == 0)
        let canary = try #require(Canary(descriptor: descriptor))
        let page = try #require(CanaryPage(descriptor: descriptor))
        CanarySignals.count(into: page)
        var ignoring = sigaction()
        ignoring.__sigaction_handler.sa_handler = { _ in }
        sigaction(CanarySignals.number + 1, &ignoring, nil)
        try await OwnThread().run {
            // A thread that a pool's thread starts has all signals blocked, as that one has.
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, number)
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
            let sender = SignalSender(to: pthread_self(), number)
            for _ in 0..<Self.waits { canary.waitForNothing() }
            sender.end()
        }
        return page.figures
    }
}

/// Sends a signal to a thread, some thousand times a second.
private final class SignalSender: Sendable {
    private let isOver = Atomic<Bool>(false)
    private let hasEnded = Atomic<Bool>(false)

    init(to thread: pthread_t, _ number: Int32) {
        Threads.start {
            while !self.isOver.load(ordering: .relaxed) {
                pthread_kill(thread, number)
                usleep(200)
            }
            self.hasEnded.store(true, ordering: .releasing)
        }
    }

    /// Returns when no signal is sent any more.
    func end() {
        isOver.store(true, ordering: .relaxed)
        while !hasEnded.load(ordering: .acquiring) { sched_yield() }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc

/// The canary: a child of the agent that does what targets do and counts the harm that it suffers.
///
/// Each byte on standard input asks for a round: computing by the clock, then a wait with a
/// time-out, then a transfer. Meanwhile the agent visits it and queues numbered signals. It ends
/// when the pipe does.
package struct Canary {
    private let page: CanaryPage
    private let wait: Int32

    /// How long a round computes, and the shortest gap between two readings of the clock that
    /// counts.
    static let computeNanoseconds: UInt64 = 2_000_000
    static let shortestGapNanoseconds: UInt64 = 5_000
    static let waitMilliseconds: Int32 = 1
    static let transferBytes = 4_096

    /// - Parameter descriptor: the shared page.
    package init?(descriptor: Int32) {
        guard let page = CanaryPage(descriptor: descriptor) else { return nil }
        self.page = page
        wait = cptrace_create_epoll()
    }

    /// Answers rounds until the pipe ends.
    package func run() {
        CanarySignals.count(into: page)
        var byte: UInt8 = 0
        while true {
            let count = read(0, &byte, 1)
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            compute()
            waitForNothing()
            transfer()
            page.add(1, to: .rounds)
        }
    }

    private func compute() {
        let began = MonotonicInstant.now()
        var before = began
        while before.nanoseconds(since: began) < Self.computeNanoseconds {
            let now = MonotonicInstant.now()
            let gap = now.nanoseconds(since: before)
            if gap > Self.shortestGapNanoseconds {
                page.add(gap, to: .gapNanoseconds)
                page.raise(.longestGapNanoseconds, to: gap)
            }
            before = now
        }
    }

    /// Waits for as long as nothing comes.
    ///
    /// The agent queues its signals while the round computes. Where it was kept from its CPU, some
    /// come only now: such a wait has a reason to fail.
    func waitForNothing() {
        let signals = page.figures.signalsReceived
        if cptrace_await_epoll(wait, Self.waitMilliseconds) == -Int(EINTR),
            page.figures.signalsReceived == signals
        {
            page.add(1, to: .interruptedWaits)
        }
    }

    private func transfer() {
        withUnsafeTemporaryAllocation(byteCount: Self.transferBytes, alignment: 8) { buffer in
            if cptrace_random(buffer.baseAddress, buffer.count) != buffer.count {
                page.add(1, to: .shortTransfers)
            }
        }
    }
}

/// The canary's signal handler and what it needs.
enum CanarySignals {
    /// The first real-time signal after the one that the tracer's timer uses.
    static var number: Int32 { cptrace_first_spare_signal() }

    // A handler can reach only global state; it is set once, before the handler is.
    private nonisolated(unsafe) static var page: CanaryPage?
    private nonisolated(unsafe) static var expected: UInt64 = 0

    /// Installs the handler that checks the signals' numbers.
    static func count(into page: CanaryPage) {
        self.page = page
        var action = sigaction()
        action.sa_flags = SA_SIGINFO | Int32(bitPattern: UInt32(SA_RESTART))
        action.__sigaction_handler.sa_sigaction = { _, info, _ in
            guard let info else { return }
            CanarySignals.receive(UInt64(cptrace_signal_value(info)))
        }
        sigaction(number, &action, nil)
    }

    private static func receive(_ value: UInt64) {
        page?.add(1, to: .signalsReceived)
        if value != expected { page?.add(1, to: .signalsMisplaced) }
        expected = value &+ 1
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import ServiceLifecycle
import SystemPackage

/// Watches the system calls of one process after the other, where that is asked for.
struct CallWindowService: Service {
    let parts: AgentParts

    /// The longest window.
    static let windowNanoseconds: UInt64 = 50_000_000
    /// The shortest time from one window to the next.
    static let pauseNanoseconds: UInt64 = 1_000_000_000
    /// The part of the agent's CPU time that windows may use, which all of a window is taken for.
    static let share = 0.5

    func run() async throws {
        let control = try CallWindowControl()
        await withGracefulShutdownHandler {
            try? await cancelWhenGracefulShutdown { try await watchAll(control) }
        } onGracefulShutdown: {
            control.stop()
        }
    }

    private func watchAll(_ control: CallWindowControl) async throws {
        var guards: [ThreadID: EntryGuard] = [:]
        while !control.isStopping {
            guard let turn = await parts.tracer.beginWindow() else {
                try await Task.sleep(for: .nanoseconds(Int64(Self.pauseNanoseconds)))
                continue
            }
            let window = await open(turn, guards, control)
            await parts.tracer.endWindow(of: turn.process, window)
            if let window {
                guards = Self.kept(window.guards)
                await parts.aggregator.add(window, of: turn.process)
            }
            let delay = Self.delayNanoseconds(after: window?.nanoseconds ?? 0, turn)
            try await Task.sleep(for: .nanoseconds(Int64(clamping: delay)))
        }
    }

    private func open(
        _ turn: WindowTurn,
        _ guards: [ThreadID: EntryGuard],
        _ control: CallWindowControl
    ) async -> CallWindow.Outcome? {
        let limits = CallWindow.Limits(
            nanoseconds: Self.windowNanoseconds,
            heldNanoseconds: turn.heldNanoseconds
        )
        let work = parts.work
        return await withCheckedContinuation { continuation in
            Threads.start {
                let window = work.charge {
                    try? CallWindow.onOwnThread(
                        turn.process,
                        limits: limits,
                        guards: guards,
                        control: control
                    )
                }
                continuation.resume(returning: window)
            }
        }
    }

    /// How long it takes until the agent may use as much CPU time again.
    static func delayNanoseconds(after nanoseconds: UInt64, _ turn: WindowTurn) -> UInt64 {
        guard turn.agentSecondsPerSecond > 0 else { return .max }
        let delay = Double(nanoseconds) / (share * turn.agentSecondsPerSecond)
        return max(pauseNanoseconds, UInt64(min(delay, 3_600e9)))
    }

    /// What is known of threads is forgotten before it takes much memory.
    private static func kept(_ guards: [ThreadID: EntryGuard]) -> [ThreadID: EntryGuard] {
        guards.count > 4_096 ? [:] : guards
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Sampler
import SystemPackage

/// Visits one thread over and over through the stop engine, as the agent does.
///
///     visit-bench bare|looked TID VISITS STACK_BYTES GAP_US
///
/// `bare` goes straight to the visit, as the floor in C does; `looked` first makes the agent's look
/// at the thread, and leaves it alone where that finds it off the CPUs. Prints for each visit when the stop was asked for and when the detach returned, in
/// nanoseconds of CLOCK_MONOTONIC.
@main
enum VisitBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count == 5, numbers.count == 4, let mode = arguments.first,
            mode == "bare" || mode == "looked"
        else {
            print("usage: visit-bench bare|looked TID VISITS STACK_BYTES GAP_US")
            exit(2)
        }
        ChildSignal.block()
        var settings = EngineSettings()
        settings.stackBytes = numbers[2]
        var engine = StopEngine(
            settings: settings,
            childSignal: try ChildSignal.open(),
            timer: try DeadlineTimer(thread: ThreadID(cptrace_gettid())),
            watch: try SeizeWatch(),
            guardPage: nil
        )
        cptrace_set_timer_slack(1_000)
        var times: [(UInt64, UInt64)] = []
        times.reserveCapacity(numbers[1])
        var looker = ThreadLooker(capacity: 16)
        let process = ProcessID(Int32(numbers[0]))
        // The floor is told what the agent learns with its look: where the target runs.
        let isPinned = cptrace_cpu_count(0) == 1 && cptrace_cpu_count(process.rawValue) == 1
        while times.count < numbers[1] {
            usleep(UInt32(numbers[3]))
            let request =
                mode == "looked"
                ? look(at: process, isPinned: isPinned, with: &looker)
                : VisitRequest(
                    process: process,
                    thread: ThreadID(leaderOf: process),
                    lookedAt: .now(),
                    sharesCPU: isPinned
                )
            guard let request else { continue }
            let outcome = engine.visit(request)
            switch outcome {
            case .sampled:
                let visit = engine.visit
                times.append((visit.interruptedAt.nanoseconds, visit.resumedAt.nanoseconds))
            case .parked:
                // It stops when it gets a CPU; a second attach before that would be refused.
                while !engine.parked.isEmpty {
                    engine.settleAllDebts(before: .now().advanced(byNanoseconds: 50_000_000))
                }
            case .exited, .refused:
                print("the thread cannot be visited: \(outcome)")
                exit(1)
            default: break
            }
        }
        for (began, ended) in times { print(began, ended) }
    }

    /// The agent's look at a thread that it expects to run; nil where it would not stop it.
    private static func look(
        at process: ProcessID,
        isPinned: Bool,
        with looker: inout ThreadLooker
    ) -> VisitRequest? {
        let thread = ThreadID(leaderOf: process)
        let lookedAt = MonotonicInstant.now()
        guard
            case .seen(let sight) = looker.look(at: thread, in: process, expectsRunning: true),
            sight.activity == .running
        else { return nil }
        var sharesCPU = false
        if !sight.isOnCPU {
            let processor = looker.stat(of: thread, in: process).value?.processor
            sharesCPU = processor == cptrace_current_cpu()
            let presence = looker.presence(
                of: thread,
                in: process,
                runCount: sight.statistics?.runCount
            )
            // One that waits for the tracer's CPU is visited only where there is no other.
            guard presence != .queued || isPinned else { return nil }
        }
        return VisitRequest(
            process: process,
            thread: thread,
            lookedAt: lookedAt,
            sharesCPU: sharesCPU
        )
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite(.serialized) struct CallWindowStopsTests {
    @Test("a call that another interface makes says so")
    func foreign() throws {
        #if arch(x86_64)
        let child = try WindowChild.start(["--foreign", "2000"])
        let outcome = try WindowChild.watch(
            child.process,
            WindowChild.limits(milliseconds: 200)
        )
        #expect(outcome.tally.accounts.keys.contains { $0.name == "getppid (32-bit)" })
        #endif
    }

    @Test("a process that is stopped ends the window, and stays stopped")
    func groupStop() throws {
        let child = try WindowChild.start(["--reads", "5000"])
        let process = child.process
        Threads.start {
            // Once it is watched.
            _ = eventually { WindowChild.threads(of: process).isTraced ? true : nil }
            kill(process.rawValue, SIGSTOP)
        }
        let outcome = try WindowChild.watch(process, WindowChild.limits(milliseconds: 30_000))
        #expect(outcome.end == .groupStop)
        let stopped = eventually {
            let threads = WindowChild.threads(of: process)
            return !threads.isTraced && threads.states.allSatisfy { $0 == .stopped } ? true : nil
        }
        #expect(stopped == true)
        kill(process.rawValue, SIGCONT)
        let runs = eventually {
            WindowChild.threads(of: process).states.contains(.running) ? true : nil
        }
        #expect(runs == true)
    }

    @Test("calls that a program makes that replaces another are counted, too")
    func exec() throws {
        let child = try ProcChild([TargetPrograms.path("exec-loop"), "--seconds", "60"])
        let process = child.process
        let hasRun = eventually {
            (ProcessCPUClock.nanoseconds(of: process) ?? 0) > 60_000_000 ? true : nil
        }
        #expect(hasRun == true)
        // Where each window begins in the program is chance: in some the exec takes the place of
        // the stop that was asked for.
        for _ in 0..<10 {
            let outcome = try WindowChild.watch(
                process,
                WindowChild.limits(milliseconds: 100, visitsKernel: true)
            )
            #expect(
                outcome.end == .time,
                "\(outcome.refusal as Any) \(outcome.unwatched) \(outcome.tally.stops)"
            )
            #expect(outcome.heldNanoseconds < outcome.nanoseconds, "its only thread is held once")
            let execs = outcome.tally.accounts.filter { $0.key.name == "execve" }.values
            #expect(execs.reduce(0) { $0 + $1.calls } > 1)
            #expect(!WindowChild.threads(of: process).isTraced)
        }
    }
}

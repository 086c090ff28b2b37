// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct SeizeWatchTests {
    @Test func reapsTheExitsOfParkedTraceesOnceASeizeIsOld() throws {
        let child = try ProcChild(["cat"])
        let thread = child.leader
        try Ptrace.seize(thread)
        kill(child.process.rawValue, SIGKILL)
        let exited = eventually {
            (try? TraceEvent.peek(thread)) == .exited(thread) ? true : nil
        }
        #expect(exited == true)
        let watch = try SeizeWatch()
        watch.update(tracees: [thread])
        let began = MonotonicInstant.now()
        let late = began.advanced(byNanoseconds: SeizeWatch.patienceNanoseconds + 1)
        #expect(watch.check(now: late) == 0, "no seize is in progress")
        watch.begin(began)
        #expect(watch.check(now: began) == 0, "it is too young")
        #expect(watch.check(now: late) == 1)
        #expect(watch.rescueCount == 1)
        watch.end()
        #expect(watch.check(now: late) == 0)
    }

    @Test func itsThreadEndsWhetherOrNotThreadsAreParked() throws {
        for threads in [[], [ThreadID(.max)]] {
            let watch = try SeizeWatch()
            watch.update(tracees: threads)
            var thread = pthread_t()
            let argument = Unmanaged.passRetained(watch)
            let result = pthread_create(
                &thread,
                nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<SeizeWatch>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                },
                argument.toOpaque()
            )
            try #require(result == 0)
            watch.stop()
            #expect(pthread_join(thread, nil) == 0)
        }
    }
}

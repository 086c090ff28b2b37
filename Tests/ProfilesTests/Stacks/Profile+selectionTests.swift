// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ProfileSelectionTests {
    /// One stack in two threads of process 1, one of process 2 and one of nobody.
    private var profile: Profile {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 5,
            periodNanoseconds: 10,
            target: "all"
        )
        builder.durationNanoseconds = 100
        let function = builder.index(of: ProfileFunction(name: "run", systemName: "run"))
        let location = builder.index(
            of: ProfileLocation(
                mapping: nil,
                address: Address(0),
                lines: [ProfileLocation.Line(function: function, line: 0)]
            )
        )
        let owners: [(Int32?, Int32?)] = [(1, 1), (1, 11), (2, 2), (nil, nil)]
        for (process, thread) in owners {
            var labels = ProfileSample.Labels()
            labels.process = process.map { ProcessID($0) }
            labels.thread = thread.map { ThreadID($0) }
            labels.threadName = thread.map { "t\($0)" }
            builder.add(
                stack: [location],
                count: 1,
                nanoseconds: 10,
                end: .complete,
                labels: labels
            )
        }
        return builder.build()
    }

    @Test func othersAreLeftOutAndThreadsAddedUp() {
        let selected = profile.selecting([ProcessID(1)], separatesThreads: false, target: "one")
        #expect(selected.target == "one")
        #expect(selected.durationNanoseconds == 100)
        #expect(selected.samples.count == 1)
        #expect(selected.nanoseconds == 20)
        #expect(selected.samples.first?.labels.thread == nil)
        #expect(selected.samples.first?.labels.process == ProcessID(1))
    }

    @Test func threadsStayApartWhereThatIsAskedFor() {
        let processes: Set = [ProcessID(1), ProcessID(2)]
        let selected = profile.selecting(processes, separatesThreads: true, target: "both")
        #expect(selected.samples.compactMap(\.labels.threadName) == ["t1", "t11", "t2"])
        #expect(profile.selecting([], separatesThreads: true, target: "none").samples.isEmpty)
    }
}

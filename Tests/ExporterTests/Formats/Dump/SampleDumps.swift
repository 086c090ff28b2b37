// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Dumps that the tests of formats share.
enum SampleDumps {
    /// A thread that waits, one that runs in an inlined function, and one that was not seen.
    static var three: ProcessDump {
        ProcessDump(
            process: ProcessID(41),
            name: "we\u{1b}b",
            threads: [
                ThreadDump(
                    thread: ThreadID(41),
                    name: "we\u{1b}b",
                    state: .waiting,
                    call: ThreadDump.Call(name: "read", arguments: [3, 0x7FFF_0000_1000, 1]),
                    heldNanoseconds: 0
                ),
                ThreadDump(
                    thread: ThreadID(42),
                    name: "worker",
                    state: .running,
                    call: ThreadDump.Call(name: "getpid", arguments: []),
                    heldNanoseconds: 43_499
                ),
                ThreadDump(
                    thread: ThreadID(43),
                    name: "copier",
                    state: .unseen,
                    call: nil,
                    heldNanoseconds: 0
                ),
            ],
            profile: profile
        )
    }

    private static var profile: Profile {
        var builder = ProfileBuilder(
            kind: .wall,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: "web 41"
        )
        let mapping = builder.index(
            of: ProfileMapping(
                addresses: Address(0x1000)..<Address(0x2000),
                fileOffset: 0,
                path: "/usr/bin/web",
                buildID: "",
                hasFunctions: true
            )
        )
        let main = builder.index(of: ProfileFunction(name: "main", systemName: "main"))
        let inner = builder.index(
            of: ProfileFunction(name: "inner", systemName: "inner", file: "web.c")
        )
        let outer = builder.index(
            of: ProfileFunction(name: "outer", systemName: "outer", file: "web.c")
        )
        let start = builder.index(
            of: ProfileLocation(
                mapping: mapping,
                address: Address(0x1010),
                lines: [ProfileLocation.Line(function: main, line: 0)]
            )
        )
        let leaf = builder.index(
            of: ProfileLocation(
                mapping: mapping,
                address: Address(0x1020),
                lines: [
                    ProfileLocation.Line(function: inner, line: 7),
                    ProfileLocation.Line(function: outer, line: 9),
                ]
            )
        )
        var labels = ProfileSample.Labels()
        labels.thread = ThreadID(41)
        builder.add(stack: [start], count: 1, nanoseconds: 1, end: .complete, labels: labels)
        labels.thread = ThreadID(42)
        builder.add(
            stack: [leaf, start],
            count: 1,
            nanoseconds: 1,
            end: .truncated(.copyEnd),
            labels: labels
        )
        return builder.build()
    }
}

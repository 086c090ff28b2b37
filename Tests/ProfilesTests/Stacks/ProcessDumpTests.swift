// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct ProcessDumpTests {
    @Test func findsTheStackOfAThread() {
        var builder = ProfileBuilder(
            kind: .wall,
            startNanoseconds: 1,
            periodNanoseconds: 1,
            target: "x"
        )
        let location = builder.index(
            of: ProfileLocation(mapping: nil, address: Address(8), lines: [])
        )
        for thread in [3, 4] {
            var labels = ProfileSample.Labels()
            labels.thread = ThreadID(Int32(thread))
            builder.add(
                stack: thread == 3 ? [location] : [location, location],
                count: 1,
                nanoseconds: 1,
                end: .complete,
                labels: labels
            )
        }
        let dump = ProcessDump(
            process: ProcessID(3),
            name: "x",
            threads: [],
            profile: builder.build()
        )
        #expect(dump.stack(of: ThreadID(3))?.stack.count == 1)
        #expect(dump.stack(of: ThreadID(4))?.stack.count == 2)
        #expect(dump.stack(of: ThreadID(5)) == nil)
    }
}

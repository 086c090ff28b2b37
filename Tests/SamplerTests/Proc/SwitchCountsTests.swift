// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

struct SwitchCountsTests {
    private func parse(_ text: String) -> SwitchCounts? {
        SwitchCounts.parse(Array(text.utf8).span)
    }

    private static let tail =
        "Cpus_allowed:\t3\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t30\n"

    @Test(
        "The two lines are found, whatever follows them",
        arguments: [
            "", "x86_Thread_features:\t\n",
        ]
    )
    func found(after: String) {
        let counts = parse("Name:\ta\n" + Self.tail + after)
        #expect(counts == SwitchCounts(voluntary: 12, involuntary: 30))
        #expect(counts?.departures == 42)
    }

    @Test(
        "Cut and hostile bytes are refused",
        arguments: [
            "", "\n", "voluntary_ctxt_switches:\t1\n", "\nvoluntary_ctxt_switches:\t1\n",
            "\nvoluntary_ctxt_switches:\tx\nnonvoluntary_ctxt_switches:\t1\n",
            "\nvoluntary_ctxt_switches:\t1\nnonvoluntary_ctxt_switches:\t99999999999999999999\n",
            "\nvoluntary_ctxt_switches:\t1\nnonvoluntary_ctxt_switches:\t1",
        ]
    )
    func refused(text: String) { #expect(parse(text) == nil) }
}

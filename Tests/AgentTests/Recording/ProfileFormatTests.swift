// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent

@Suite struct ProfileFormatTests {
    @Test(
        arguments: [
            ("a.html", ProfileFormat.html), ("a.b.svg", .svg), ("/x/a.folded", .folded),
            ("a.pb.gz", .pprof), ("a.json", .speedscope), ("a.txt", .text), ("a", nil),
            ("a.gz", nil),
            ("html", nil),
        ] as [(String, ProfileFormat?)]
    )
    func followsTheEnding(path: String, format: ProfileFormat?) {
        #expect(ProfileFormat(path: path) == format)
    }

    @Test(arguments: ProfileFormat.allCases)
    func findsItselfByItsOwnEnding(format: ProfileFormat) {
        #expect(ProfileFormat(path: "profile.\(format.ending)") == format)
    }

    @Test(arguments: ProfileFormat.allCases)
    func encodesAnEmptyProfile(format: ProfileFormat) throws {
        let builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "nothing"
        )
        let bytes = try format.encode(builder.build())
        #expect(format == .folded || !bytes.isEmpty)
    }
}

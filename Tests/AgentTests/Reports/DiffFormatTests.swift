// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent

@Suite struct DiffFormatTests {
    @Test(
        arguments: [
            ("-", DiffFormat.text), ("a.txt", .text), ("/x/a.html", .html), ("a.htm", .html),
            ("a", nil), ("a.svg", nil), ("html", nil),
        ] as [(String, DiffFormat?)]
    )
    func followsTheEnding(path: String, format: DiffFormat?) {
        #expect(DiffFormat(path: path) == format)
    }

    @Test(arguments: DiffFormat.allCases)
    func encodesNothing(format: DiffFormat) {
        let builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 1,
            periodNanoseconds: 10_000_000,
            target: "nothing"
        )
        let side = ProfileComparison.Side(name: "x", profile: builder.build())
        let bytes = format.encode(ProfileComparison(base: side, new: side), maximumRows: nil)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(format == .text ? "# " : "<!"))
    }
}

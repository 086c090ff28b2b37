// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct EnvironmentRangeTests {
    /// 47 fields behind a name that tries to be them.
    private static let beginning =
        "7 (a) 1 2) S " + Array(repeating: "0", count: 46).joined(separator: " ") + " "

    @Test(
        arguments: [
            ("140736 140800 0\n", 140_736, 64), ("140736 140800", 140_736, 64),
        ] as [(String, UInt64, UInt64)]
    )
    func readsTheRange(rest: String, start: UInt64, count: UInt64) {
        let range = parse(Self.beginning + rest) { EnvironmentRange.parse($0) }
        #expect(range == EnvironmentRange(start: Address(start), byteCount: count))
    }

    @Test(arguments: ["0 0 0\n", "5 5 0\n", "5 4 0\n", "5 \n", "", "x 9 0\n", "0 9 0\n"])
    func whatIsNotShownIsNoRange(rest: String) {
        #expect(parse(Self.beginning + rest) { EnvironmentRange.parse($0) } == nil)
    }

    @Test func noBytesMakeItTrap() {
        for seed in 0..<200 {
            _ = parse(hostileBytes(count: 400, seed: UInt64(seed))) { EnvironmentRange.parse($0) }
        }
    }

    @Test func findsTheMarkWhereItLies() throws {
        let child = try ProcChild(["cat"], environment: ["PATH=/usr/bin:/bin", "PTARMIGAN=off"])
        let process = child.process
        var reader = ProcReader()
        let isOff = eventually { reader.optOutInMemory(of: process) ? true : nil }
        #expect(isOff == true)
        let other = try ProcChild(["cat"])
        let isOtherOff = reader.optOutInMemory(of: other.process)
        #expect(!isOtherOff)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ControlGroupTests {
    @Test func readsTheUnifiedHierarchy() throws {
        let group = try #require(parse("0::/system.slice/a:b.service\n", ControlGroup.parse))
        #expect(group.unified == "/system.slice/a:b.service")
        #expect(group.path == "/system.slice/a:b.service")
        #expect(group.paths.count == 1)
    }

    @Test func readsVersionOne() throws {
        let text = """
            12:cpuset:/set
            5:cpuacct,cpu:/docker/x
            1:name=systemd:/user.slice
            0::/

            """
        let group = try #require(parse(text, ControlGroup.parse))
        #expect(group.unified == "/")
        #expect(group.systemd == "/user.slice")
        #expect(group.cpu == "/docker/x")
        #expect(group.path == "/user.slice")
        #expect(group.paths == ["/", "/user.slice", "/docker/x"])
    }

    @Test(arguments: [
        ("0::/\n", "/"), ("0::/../other\n", "/../other"), ("0::/a (deleted)\n", "/a"),
        ("3:cpuset:/a\n", nil), ("4:cpu:/\n1:name=systemd:/\n", "/"),
    ])
    func picksAPath(text: String, path: String?) throws {
        #expect(try #require(parse(text, ControlGroup.parse)).path == path)
    }

    @Test(arguments: ["", "\n", "0::", "0::/a", "::/\n", "x:cpu:/a\n", "0:/a\n", "0::a\n"])
    func otherBytesAreRefused(text: String) {
        #expect(parse(text, ControlGroup.parse) == nil)
    }

    @Test func theLinesAreBounded() throws {
        let text = String(repeating: "3:cpu:/a\n", count: 64) + "0::/late\n"
        #expect(try #require(parse(text, ControlGroup.parse)).unified == nil)
    }

    @Test func hostileBytesNeverTrap() {
        for seed in 0..<1_000 as Range<UInt64> {
            _ = parse(hostileBytes(count: Int(seed % 90), seed: seed), ControlGroup.parse)
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ProcLinkTests {
    private let path = ProcPath.process(ProcessID(12), .exe)

    @Test(arguments: [
        ("/usr/bin/cat", "/usr/bin/cat"), ("/usr/bin/cat (deleted)", "/usr/bin/cat"),
        (" (deleted)", ""), ("/a b/c", "/a b/c"),
    ])
    func followsALinkByOneStep(link: String, target: String) throws {
        let tree = try FixtureTree()
        try tree.makeDirectory("12")
        #expect(symlink(link, "\(tree.path)/12/exe") == 0)
        #expect(ProcLink.target(of: path, in: tree.root) == .value(target))
    }

    @Test func tellsThatThereIsNone() throws {
        let tree = try FixtureTree()
        #expect(ProcLink.target(of: path, in: tree.root) == .gone)
    }
}

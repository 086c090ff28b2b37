// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Testing

@testable import Sampler

/// Whether the file system of the tests' directories keeps the attribute (xattr(7)).
private let keepsAttributes: Bool = {
    guard let tree = try? FixtureTree() else { return false }
    return cptrace_set_attribute(tree.path, "user.ptarmigan", "on", 2) == 0
}()

@Suite(.enabled(if: keepsAttributes, "the temporary directory has no extended attributes"))
struct ControlGroupMarksTests {
    private func mark(_ path: String, _ value: String) {
        #expect(cptrace_set_attribute(path, "user.ptarmigan", value, value.utf8.count) == 0)
    }

    @Test func aMarkHoldsForAllBelow() throws {
        let tree = try FixtureTree()
        try tree.makeDirectory("a/b/c")
        let marks = ControlGroupMarks(mount: tree.path)
        #expect(!marks.isOff("/a/b/c"))
        mark(tree.path + "/a/b", "off")
        #expect(marks.isOff("/a/b/c"))
        #expect(marks.isOff("/a/b"))
        #expect(marks.isOff("/a/b/gone"))
        #expect(!marks.isOff("/a"))
        #expect(!marks.isOff("/"))
        mark(tree.path, "off")
        #expect(marks.isOff("/"))
        #expect(marks.isOff("/a"))
    }

    @Test(arguments: ["on", "of", "offer", "OFF", "", "off-for-a-while"])
    func otherValuesAreNoMark(value: String) throws {
        let tree = try FixtureTree()
        mark(tree.path, value)
        #expect(!ControlGroupMarks(mount: tree.path).isOff("/"))
    }

    @Test func neverLeavesTheMount() throws {
        let tree = try FixtureTree()
        try tree.makeDirectory("inside/a")
        try tree.makeDirectory("outside")
        mark(tree.path + "/outside", "off")
        let marks = ControlGroupMarks(mount: tree.path + "/inside")
        #expect(!marks.isOff("/../outside"))
        #expect(!marks.isOff("/a/../../outside"))
    }
}

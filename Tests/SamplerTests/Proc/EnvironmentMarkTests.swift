// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct EnvironmentMarkTests {
    @Test(arguments: [
        ("PTARMIGAN=off\0", true), ("A=b\0PTARMIGAN=off\0C=d\0", true), ("PTARMIGAN=off", true),
        ("", false), ("PTARMIGAN=on\0", false), ("PTARMIGAN=offer\0", false),
        ("XPTARMIGAN=off\0", false), ("PTARMIGAN=of\0", false), ("ptarmigan=off\0", false),
        ("A=PTARMIGAN=off\0", false), ("\0\0PTARMIGAN=off\0", true),
    ])
    func looksForTheExactEntry(text: String, isOff: Bool) {
        #expect(parse(text) { EnvironmentMark.isOff($0) } == isOff)
    }

    @Test func aCutEntryDoesNotCount() {
        #expect(!parse("A=b\0PTARMIGAN=off") { EnvironmentMark.isOff($0, isTruncated: true) })
        #expect(parse("PTARMIGAN=off\0A") { EnvironmentMark.isOff($0, isTruncated: true) })
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct UserNamesTests {
    @Test func namesAUserOrGivesTheNumber() {
        var names = UserNames()
        let root = names.name(of: 0)
        let again = names.name(of: 0)
        let unknown = names.name(of: 3_999_999_999)
        #expect(root == "root")
        #expect(again == "root")
        #expect(unknown == "3999999999")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Exporter

@Suite("AdminRequest")
struct AdminRequestTests {
    @Test("the title is the name or the numbers")
    func titles() {
        #expect(AdminRequest(target: .named("a b")).title == "a b")
        let processes = [ProcessID(3), ProcessID(12)]
        #expect(AdminRequest(target: .processes(processes)).title == "3,12")
    }
}

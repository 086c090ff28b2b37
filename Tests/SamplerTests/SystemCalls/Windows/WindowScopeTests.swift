// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct WindowScopeTests {
    @Test func includesWhatItNames() {
        let web = GroupName.command("web")
        #expect(!WindowScope.off.includes(web))
        #expect(WindowScope.all.includes(web))
        #expect(WindowScope.groups(["web"]).includes(web))
        #expect(!WindowScope.groups(["db"]).includes(web))
    }
}

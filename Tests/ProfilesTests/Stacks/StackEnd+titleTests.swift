// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite
struct StackEndTitleTests {
    @Test func namesTheReason() {
        #expect(StackEnd.complete.title == nil)
        #expect(StackEnd.truncated(.copyEnd).title == "[truncated: copy_end]")
        #expect(StackEnd.broken(.noRule).title == "[broken: no_rule]")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ProcessExitTests {
    @Test func isToldAsShellsTellIt() {
        #expect(ProcessExit.code(7).shellCode == 7)
        #expect(ProcessExit.signal(9).shellCode == 137)
    }
}

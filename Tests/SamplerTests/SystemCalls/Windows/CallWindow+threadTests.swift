// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct CallWindowThreadTests {
    @Test("when a window has returned its thread is gone")
    func gone() throws {
        let child = try ProcChild(["sleep", "1000"])
        let before = WindowChild.threads(of: child.process)
        _ = try WindowChild.watch(child.process, WindowChild.limits(milliseconds: 1))
        #expect(WindowChild.threads(of: child.process).isTraced == before.isTraced)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct CallWindowControlTests {
    @Test func stopsOnceItIsAskedTo() throws {
        let control = try CallWindowControl()
        #expect(!control.isStopping)
        control.stop()
        #expect(control.isStopping)
    }

    @Test("it sleeps for a moment at most")
    func sleeps() throws {
        let control = try CallWindowControl()
        let began = MonotonicInstant.now()
        control.sleep(until: began)
        control.sleep(until: began.advanced(byNanoseconds: 1_000_000))
        #expect(MonotonicInstant.now() >= began.advanced(byNanoseconds: 1_000_000))
        // An hour, which would be noticed.
        control.sleep(until: began.advanced(byNanoseconds: 3_600_000_000_000))
    }
}

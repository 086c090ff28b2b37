// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct WaitKeyTests {
    @Test func aWaitOutsideOfAnyCallIsNone() {
        let function = FunctionKey(symbol: "f", object: "app")
        #expect(WaitKey(call: nil, function: function).call == "none")
        #expect(WaitKey(call: "poll", function: function).call == "poll")
    }

    @Test func noRealWaitIsAReservedOne() {
        let real = WaitKey(call: "other", function: FunctionKey(symbol: "other", object: "other"))
        #expect(real != .other)
        #expect(WaitKey.unsampled != .other)
    }
}

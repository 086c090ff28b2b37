// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct SampledStackTests {
    @Test func reservedOnesAreDistinct() {
        #expect(Set([SampledStack.kernel, .unsampled, .other]).count == 3)
        // Waits have no part in the kernel of their own.
        #expect(Set([WaitedStack.kernel, .unsampled, .other]).count == 2)
    }

    @Test func equalWaitsHaveEqualHashes() throws {
        var archive = StackArchive()
        let reserved = archive.reserved("f")
        let stack = try #require(reserved)
        let key = WaitKey(call: "read", function: .unknown)
        let first = WaitedStack(key: key, stack: stack)
        let same = WaitedStack(key: key, stack: stack)
        #expect(first == same)
        #expect(first.hashValue == same.hashValue)
        #expect(first != WaitedStack(key: key, stack: nil))
        #expect(first != WaitedStack(key: .unsampled, stack: stack))
    }
}

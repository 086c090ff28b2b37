// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

#if arch(x86_64)
@Suite struct FramePointerSearchTests {
    private static let base: UInt64 = 0x7000_0000
    private let map = anonymousMap([0x1000..<0x2000])

    /// A direct call to 0x1800 ends at 0x1100, an indirect one at 0x1200, and nothing else calls.
    private let calls = CallReader { address, count in
        switch address {
        case 0x1100 - 7: [0x90, 0x90, 0xE8, 0x00, 0x07, 0, 0]
        case 0x1200 - 7: [0x90, 0x90, 0x90, 0x90, 0x90, 0xFF, 0xD0]
        default: [UInt8](repeating: 0x90, count: count)
        }
    }

    private func candidates(
        _ words: [UInt64: UInt64],
        function: UInt64?,
        from offset: UInt64 = 0
    ) -> [UInt64] {
        let bytes = stackBytes(words, count: 1_024)
        return bytes.withUnsafeBytes { buffer in
            var search = FramePointerSearch(
                from: Self.base + offset,
                function: function,
                on: StackBytes(base: Address(Self.base), bytes: buffer),
                in: map,
                calls: calls
            )
            var found: [UInt64] = []
            while let candidate = search.nextCandidate() { found.append(candidate - Self.base) }
            return found
        }
    }

    @Test func takesPairsWhoseReturnAddressFollowsACall() {
        // What is no code, code that follows no call, and an indirect call.
        let words: [UInt64: UInt64] = [8: 0x9000, 24: 0x1300, 40: 0x1200]
        #expect(candidates(words, function: 0x1800) == [32])
        #expect(candidates(words, function: nil) == [32])
    }

    @Test func aDirectCallHasToEnterTheFunction() {
        #expect(candidates([8: 0x1100], function: 0x1800) == [0])
        #expect(candidates([8: 0x1100], function: 0x1900) == [])
        #expect(candidates([8: 0x1100], function: nil) == [])
    }

    @Test func looksFurtherOutOnly() {
        #expect(candidates([8: 0x1200, 40: 0x1200], function: nil, from: 12) == [32])
    }

    @Test func endsWithTheCopyAndTheLimit() {
        let words = Dictionary(
            uniqueKeysWithValues: (0..<128).map { (UInt64($0) * 8, UInt64(0x1200)) }
        )
        let found = candidates(words, function: nil)
        #expect(found.count == FramePointerSearch.candidateLimit)
        #expect(candidates(words, function: nil, from: 1_008) == [1_008])
    }
}
#endif

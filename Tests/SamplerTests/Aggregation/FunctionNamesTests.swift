// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

/// `StackReaderTests` names real code.
@Suite struct FunctionNamesTests {
    @Test func anAddressThatIsNoCodeIsUnknown() {
        var stacks = StackReader(
            root: "/proc",
            limits: CodeLimits(imageBytes: 1 << 20, tableBytes: 1 << 20)
        )
        var names = FunctionNames()
        let copy = StackCopy(
            registers: .pointers(stack: Address(0x1000), program: Address(8)),
            base: Address(0x1000),
            bytes: []
        )
        let process = ProcessID(getpid())
        let found = FoundStack(
            process: process,
            thread: ThreadID(leaderOf: process),
            systemCall: nil,
            copy: copy
        )
        #expect(stacks.read(found, now: .now()) == .broken(.unmapped))
        let functions = stacks.frames.map { names.function(of: $0, in: stacks) }
        #expect(functions == [.unknown])
        #expect(names.counts.failures == ["unmapped": 1])
    }

    @Test func aProcessOfWhichNothingIsKnownIsUnknown() {
        var names = FunctionNames()
        #expect(names.unknownProcess() == .unknown)
        #expect(names.counts.failures == ["maps_unreadable": 1])
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Images
import Profiles
import Testing

@testable import Sampler

/// Copies made by hand; `RecorderTests` reads real ones.
@Suite struct StackReaderTests {
    private let process = ProcessID(getpid())

    private func reader(root: String = "/proc") -> StackReader {
        StackReader(
            root: root,
            limits: CodeLimits(imageBytes: 1 << 24, tableBytes: 1 << 24)
        )
    }

    private func found(at program: UInt64) -> FoundStack {
        FoundStack(
            process: process,
            thread: ThreadID(leaderOf: process),
            systemCall: nil,
            copy: StackCopy(
                registers: .pointers(stack: Address(0x1000), program: Address(program)),
                base: Address(0x1000),
                bytes: []
            )
        )
    }

    private var ownCode: UInt64 {
        let function: @convention(c) () -> pid_t = getpid
        return UInt64(UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self)))
    }

    @Test func namesTheCodeAtTheTop() {
        var stacks = reader()
        var names = FunctionNames()
        #expect(stacks.read(found(at: ownCode), now: .now()) != nil)
        let functions = stacks.frames.map { names.function(of: $0, in: stacks) }
        #expect(functions.first?.function.contains("getpid") == true)
        #expect(functions.first?.isOfCLibrary == true)
        #expect(names.counts.lookups >= 1)
        let lookups = names.counts.lookups
        // It is remembered.
        _ = stacks.frames.map { names.function(of: $0, in: stacks) }
        #expect(names.counts.lookups == lookups)
        stacks.empty()
        #expect(stacks.frames.isEmpty)
        #expect(stacks.files.byteCount == 0)
    }

    @Test func ofAProcessThatIsGoneNothingIsKnown() {
        var stacks = reader(root: "/no/such/directory")
        #expect(stacks.read(found(at: ownCode), now: .now()) == nil)
    }
}

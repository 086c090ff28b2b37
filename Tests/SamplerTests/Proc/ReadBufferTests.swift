// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import SystemPackage
import Testing

@testable import Sampler

@Suite struct ReadBufferTests {
    private static let text = String(repeating: "0123456789", count: 100)

    private func open(_ tree: borrowing FixtureTree) throws -> ProcFile {
        try tree.write("5/environ", Self.text)
        return try ProcFile.open(.process(ProcessID(5), .environ), in: tree.root)
    }

    @Test(arguments: [1, 7, 999, 1000, 1001, 4096])
    func readsWholeFilesOfAnySize(capacity: Int) throws {
        let tree = try FixtureTree()
        let file = try open(tree)
        var buffer = ReadBuffer(capacity: capacity)
        let isWhole = try buffer.readWhole(from: file.descriptor, limit: 2000)
        #expect(isWhole)
        #expect(buffer.withBytes { $0.text(0..<$0.count) } == Self.text)
    }

    @Test(arguments: [(999, false), (1000, true), (1001, true), (1, false)])
    func stopsAtTheLimit(limit: Int, isWhole: Bool) throws {
        let tree = try FixtureTree()
        let file = try open(tree)
        for capacity in [1, 100, 4096] {
            var buffer = ReadBuffer(capacity: capacity)
            let result = try buffer.readWhole(from: file.descriptor, limit: limit)
            #expect(result == isWhole)
            #expect(buffer.count == min(limit, 1000))
        }
    }

    @Test func readsFromTheStartEachTime() throws {
        let tree = try FixtureTree()
        let file = try open(tree)
        var buffer = ReadBuffer(capacity: 16)
        for _ in 0..<2 {
            try buffer.readOnce(from: file.descriptor)
            #expect(buffer.withBytes { $0.text(0..<$0.count) } == "0123456789012345")
        }
        #expect(buffer.capacity == 16)
    }

    @Test func anErrorLeavesNoOldBytes() throws {
        let tree = try FixtureTree()
        let file = try open(tree)
        var buffer = ReadBuffer()
        try buffer.readOnce(from: file.descriptor)
        do {
            try buffer.readOnce(from: -1)
            Issue.record("read from no descriptor")
        } catch {
            #expect(error == .badFileDescriptor)
        }
        #expect(buffer.count == 0)
    }

    @Test func shrinks() throws {
        let tree = try FixtureTree()
        let file = try open(tree)
        var buffer = ReadBuffer(capacity: 10)
        _ = try buffer.readWhole(from: file.descriptor, limit: 2000)
        #expect(buffer.capacity >= 1000)
        buffer.shrink(to: 10)
        #expect(buffer.capacity == 10)
        #expect(buffer.count == 0)
    }
}

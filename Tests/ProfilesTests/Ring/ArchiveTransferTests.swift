// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite struct ArchiveTransferTests {
    @Test func partsComeAlongWithWhatTheyAreMadeOf() throws {
        var archive = StackArchive()
        _ = archive.reserved("[left behind]")
        let mapping = archive.number(
            of: ProfileMapping(
                addresses: Address(0)..<Address(4_096),
                fileOffset: 0,
                path: "/usr/bin/busy",
                buildID: "ab",
                hasFunctions: true
            )
        )
        let function = archive.number(of: ProfileFunction(name: "f", systemName: "_f"))
        let number = archive.number(
            of: ArchivedLocation(mapping: mapping, address: Address(16), function: function)
        )
        let inserted = archive.insert(leafFirst: [number, number], .complete)
        let stack = try #require(inserted)
        var transfer = ArchiveTransfer(from: archive, limits: StackArchive.Limits())
        let moved = transfer.node(stack.node)
        let node = try #require(moved)
        let again = transfer.node(stack.node)
        #expect(again == node)
        let new = transfer.new
        let numbers = new.locations(of: node)
        #expect(numbers.count == 2)
        let location = new.location(try #require(numbers.first))
        #expect(location.address == Address(16))
        #expect(location.mapping.map { new.mapping($0).path } == "/usr/bin/busy")
        #expect(location.function.map { new.function($0).systemName } == "_f")
        #expect(new.nodeCount == 2)
        #expect(new.generation == 1)
    }
}

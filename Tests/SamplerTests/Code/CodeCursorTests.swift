// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct CodeCursorTests {
    @Test func followsAddressesFromRegionToRegion() {
        let map = anonymousMap([0x1000..<0x2000, 0x3000..<0x4000, 0x4000..<0x5000])
        var cursor = CodeCursor(map)
        #expect(cursor.region == nil)
        let steps: [(address: UInt64, index: Int?)] = [
            (0x1000, 0), (0x1fff, 0), (0x2000, nil), (0x1800, 0), (0x4000, 2), (0x3fff, 1),
            (0x5000, nil), (0, nil), (.max, nil), (0x3000, 1),
        ]
        for step in steps {
            cursor.move(to: step.address)
            #expect(cursor.index == step.index)
            #expect(cursor.region === map.region(of: step.address))
        }
    }

    @Test func forgetsTheRulesOfTheRegionThatItLeft() throws {
        var child = try ProcChild(["cat"])
        defer { child.end() }
        let thread = ThreadID(leaderOf: child.process)
        let maps = CodeMaps(
            root: "/proc",
            files: CodeFiles(limits: CodeLimits(imageBytes: 64 << 20, tableBytes: 64 << 20))
        )
        let map = try #require(maps.map(of: child.process, through: thread, now: .now()))
        let region = try #require(map.regions.first { $0.table != nil })
        var cursor = CodeCursor(map)
        cursor.move(to: region.mapping.start.rawValue)
        #expect(cursor.table === region.table)
        #expect(cursor.bias == region.bias)
        cursor.move(to: 0)
        #expect(cursor.table == nil)
        #expect(cursor.bias == 0)
    }
}

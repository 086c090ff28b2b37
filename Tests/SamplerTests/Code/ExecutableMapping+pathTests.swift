// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct ExecutableMappingPathTests {
    @Test func memoryWithoutAFileHasTheKernelsName() {
        let mapping = anonymousCode(0x1000..<0x2000)
        #expect(mapping.path == "[anonymous]")
        #expect(mapping.objectName == "[anonymous]")
    }

    @Test func aFileIsNamedWithoutItsDirectories() throws {
        let line = "1000-2000 r-xp 00000000 08:01 7 /opt/a b/lib.so\n"
        let maps = MemoryMaps.parse(Array(line.utf8).span)
        let mapping = try #require(maps.mappings.first)
        #expect(mapping.path == "/opt/a b/lib.so")
        #expect(mapping.objectName == "lib.so")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Images
import Profiles
import Testing

@testable import Sampler

/// `FrameArchiverTests` and `RecorderTests` name the code of real files.
@Suite struct ProfileMappingCodeTests {
    private let code = MappedCode(process: ProcessID(1), mapping: anonymousCode(0x1000..<0x2000)) {
        _ in .none
    }

    @Test func codeWithoutAFileHasNoNames() {
        let mapping = ProfileMapping(code, addresses: Address(0x1000)..<Address(0x2000))
        #expect(mapping.path == "[anonymous]")
        #expect(mapping.buildID.isEmpty)
        #expect(!mapping.hasFunctions)
        #expect(mapping.addresses == Address(0x1000)..<Address(0x2000))
        let compiled = CompiledCode(root: "/no/such/directory")
        #expect(compiled.profileFunction(at: 0x1000, in: code) == nil)
    }

    @Test func reservedOnesAreNamed() {
        let mapping = ProfileMapping.reserved("[kernel]")
        #expect(mapping.path == "[kernel]")
        #expect(mapping.hasFunctions)
        #expect(mapping.addresses.contains(Address(0)))
    }
}

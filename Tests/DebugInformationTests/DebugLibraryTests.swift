// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DebugInformation

@Suite struct DebugLibraryTests {
    @Test func isFoundByTheNameOfItsFile() {
        #expect(DebugLibrary() != nil)
        #expect(DebugLibrary(file: "libno-such-library.so.1") == nil)
        // A library that is there and has none of the functions.
        #expect(DebugLibrary(file: "libm.so.6") == nil)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SymbolNameTests {
    @Test(arguments: [
        ("main", "main"), ("memcpy@@GLIBC_2.14", "memcpy"), ("memcpy@GLIBC_2.2.5", "memcpy"),
        ("@odd", "@odd"), ("f@", "f"),
    ])
    func cutsVersions(raw: String, shown: String) {
        #expect(SymbolName.display(Array(raw.utf8)[...]) == shown)
    }

    @Test func repairsWhatIsNotText() {
        #expect(SymbolName.display([0x66, 0xff, 0x67]) == "f\u{fffd}g")
    }
}

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
        let name = SymbolName(Array(raw.utf8)[...])
        #expect(name.shown == shown)
        #expect(name.linker == shown)
    }

    @Test func repairsWhatIsNotText() {
        #expect(SymbolName([0x66, 0xff, 0x67]).shown == "f\u{fffd}g")
    }

    @Test(arguments: [
        ("_ZN1a1bEv", "a::b()", "_ZN1a1bEv"),
        (
            "_ZNSt6vectorIiSaIiEE5clearEv@@GLIBCXX_3.4",
            "std::vector<int, std::allocator<int> >::clear()",
            "_ZNSt6vectorIiSaIiEE5clearEv"
        ),
        ("_ZN1a1bEv@plt", "a::b()@plt", "_ZN1a1bEv@plt"), ("free@plt", "free@plt", "free@plt"),
        ("_ZN1a1bEv.cold", "a::b().cold", "_ZN1a1bEv.cold"), ("_Zq", "_Zq", "_Zq"),
    ])
    func readsMangledNamesAndKeepsThem(raw: String, shown: String, linker: String) {
        let name = SymbolName(Array(raw.utf8)[...])
        #expect(name.shown == shown)
        #expect(name.linker == linker)
    }
}

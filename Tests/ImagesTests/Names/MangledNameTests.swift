// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct MangledNameTests {
    private func split(_ name: String) -> (MangledName.Scheme, String, String)? {
        MangledName(Array(name.utf8)[...]).map {
            (
                $0.scheme, String(decoding: $0.body, as: UTF8.self),
                String(decoding: $0.suffix, as: UTF8.self)
            )
        }
    }

    @Test(arguments: [
        ("_ZN1a1bEv", MangledName.Scheme.cPlusPlus), ("_RNvC1a1b", .rust), ("$s1a1bV", .swift),
        ("$S1a1bV", .swift), ("_$s1a1bV", .swift), ("_$S1a1bV", .swift), ("_T01a1bV", .swift),
    ])
    func knowsSchemesByTheirPrefixes(name: String, scheme: MangledName.Scheme) {
        #expect(split(name)?.0 == scheme)
    }

    @Test(arguments: ["", "_", "$", "main", "__libc_start_main", "_start", "_Tt1a", "Z", "$d"])
    func leavesOtherNamesAlone(name: String) {
        #expect(split(name) == nil)
    }

    @Test(arguments: [
        ("_Z1fv", ""), ("_Z1fv.cold", ".cold"), ("_Z1fv.cold.7", ".cold.7"),
        ("_Z1fv.part.0", ".part.0"),
        ("_Z1fv.constprop.0.isra.12.cold", ".constprop.0.isra.12.cold"),
        ("_Z1fv.llvm.15362847", ".llvm.15362847"), ("_Z1fv.lto_priv.0", ".lto_priv.0"),
        ("_Z1fv.other", ""), ("_Z1fv.7", ""), ("_Z1fv.", ""), ("_Z1fv.cold.x", ""),
        ("_ZN1a..b17h.llvm.1", ".llvm.1"), ("_Z.cold", ".cold"), ("_Z1fv.cold.", ""),
    ])
    func keepsTheSuffixesOfPassesAside(name: String, suffix: String) throws {
        let parts = try #require(split(name))
        #expect(parts.2 == suffix)
        #expect(parts.1 + parts.2 == name)
    }
}

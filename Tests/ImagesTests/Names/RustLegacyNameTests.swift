// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct RustLegacyNameTests {
    private func read(_ name: String) -> String? {
        RustLegacyName.read(Array(name.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        ("_ZN1a3all17h6f11993f530b619dE", "a::all"),
        ("_ZN1a21Flag$LT$_$C$_$C$_$GT$2go17h2b46290f82a0743eE", "a::Flag<_,_,_>::go"),
        ("_ZN1a13gr$uf6$$udf$e15_$u6771$$u4eac$1x17h059c8da6f1a99b9cE", "a::größe::東京::x"),
        ("_ZN1a3all28_$u7b$$u7b$closure$u7d$$u7d$17h2b4264ae8b4c8a4dE", "a::all::{{closure}}"),
        (
            "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$G"
                + "T$$GT$3bar17h930b740aa94f1d3aE",
            "<Test + 'static as foo::Bar<Test>>::bar"
        ),
        ("_ZN5$RF$a5$BP$b12$SP$$LP$$RP$17h0123456789abcdefE", "&a::*b::@()"),
    ])
    func undoesTheEscapes(name: String, path: String) { #expect(read(name) == path) }

    @Test(arguments: [
        // No hash, a hash of too few digits or of too few different ones, and what C++ writes.
        "_ZN1a1bE", "_ZN1a1bEv", "_ZN1a17h0101010101010101E", "_ZN1a16h0123456789abcdeE",
        "_ZN1a17hzzzzzzzzzzzzzzzzE", "_ZN17h0123456789abcdefE", "_ZN1a17h0123456789abcdefEv",
        "_ZN1a17h0123456789abcdef", "_ZN0a17h0123456789abcdefE", "_ZN", "_Z", "", "_ZN99aE",
    ])
    func leavesOtherNamesAlone(name: String) { #expect(read(name) == nil) }

    @Test(arguments: [
        ("_ZN4$u7$17h0123456789abcdefE", "$u7$"), ("_ZN2$$17h0123456789abcdefE", "$$"),
        ("_ZN3$LT17h0123456789abcdefE", "$LT"), ("_ZN4$zz$17h0123456789abcdefE", "$zz$"),
        ("_ZN7$ud800$17h0123456789abcdefE", "$ud800$"), ("_ZN3.a.17h0123456789abcdefE", ".a."),
    ])
    func leavesWhatIsNoEscape(name: String, path: String) { #expect(read(name) == path) }
}

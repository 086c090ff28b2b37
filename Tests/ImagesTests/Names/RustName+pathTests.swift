// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("RustName+path") struct RustNamePathTests {
    @Test(arguments: [
        ("_RNCNCNvCs4Q2Qx8jI5j6_1a3all00B5_", "a::all::{closure#0}::{closure#0}"),
        ("_RNCNvCs4Q2Qx8jI5j6_1a3alls0_0B3_", "a::all::{closure#2}"),
        (
            "_RNSNvYNCNvCs4Q2Qx8jI5j6_1a3alls0_0INtNtNtCsgEmfK2I1SDS_4core3ops8func"
                + "tion6FnOnceTReEE9"
                + "call_once6vtableB8_",
            "<a::all::{closure#2} as core::ops::function::FnOnce<(&str,)>"
                + ">::call_once::{shim:vtable#0}"
        ),
        ("_RNvNtNtCs4Q2Qx8jI5j6_1au9gre_6ka8iu7_1lqs71d1x", "a::größe::東京::x"),
        (
            "_RNvYINtCs4Q2Qx8jI5j6_1a4WraplKj3_ENtB5_5Shape5twiceB5_",
            "<a::Wrap<i32, 3> as a::Shape>::twice"
        ),
        (
            "_RINvMs_Cs4Q2Qx8jI5j6_1aINtB5_4WraplKj3_E5firstNCNvB5_3all0EB5_",
            "<a::Wrap<i32, 3>>::first::<a::all::{closure#0}>"
        ),
        (
            "_RNvXs9_NtNtNtCsgEmfK2I1SDS_4core3fmt3num3implNtB9_7Display3fmt",
            "<i32 as core::fmt::Display>::fmt"
        ),
        ("_RNvC1a2__b", "a::_b"), ("_RNXC1a1b", "a::{X:b#0}"),
    ])
    func readsPathsAsTheLanguageWritesThem(name: String, text: String) {
        let found = RustName.read(Array(name.utf8)[...])
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test(arguments: ["_RNvC1au4___A", "_RN_C1a1b", "_RNvC1a1", "_RYhC", "_RNvC1au0"])
    func refusesWhatIsMalformed(name: String) {
        let found = RustName.read(Array(name.utf8)[...])
        #expect(found == nil)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("RustName+type") struct RustNameTypeTests {
    private func read(_ name: String) -> String? {
        RustName.read(Array(name.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Names that rustc 1.95 wrote, and what c++filt 2.40 reads in them less hashes and types.
    @Test(arguments: [
        (
            "_RINvCs4Q2Qx8jI5j6_1a7genericAAsj3_j2_QStEB2_",
            "a::generic::<[[i16; 3]; 2], &mut [u16]>"
        ),
        (
            "_RINvCs4Q2Qx8jI5j6_1a7genericDG_INtNtNtCsgEmfK2I1SDS_4core3ops8functio"
                + "n2FnTRL0_eEEp6Output"
                + "RL0_eNtNtBA_6marker4SendEL_INtNtBA_6opti"
                + "on6OptionINtNtBA_6result6ResultNtNtCslNYArtu3"
                + "iFV_5alloc6string6StringINtNtB2C_5boxed3BoxDNtB2_5Shapep3OutlEL_EEEEB2_",
            "a::generic::<dyn for<'a> core::ops::function::Fn<(&'a str,), Output = &'a str>"
                + " + core::marker::Send, core::option::Option<core::result::Result<"
                + "alloc::string::String, alloc::boxed::Box<dyn a::Shape<Out = i32>>>>>"
        ),
        (
            "_RINvCs4Q2Qx8jI5j6_1a7genericShFUKCPhOxvEuEB2_",
            "a::generic::<[u8], unsafe extern \"C\" fn(*const u8, *mut i64, ...)>"
        ),
        (
            "_RINvCs4Q2Qx8jI5j6_1a7genericThETnofdcEEB2_",
            "a::generic::<(u8,), (i128, u128, f32, f64, char)>"
        ),
        ("_RINvCs4Q2Qx8jI5j6_1a7genericeFlEhEB2_", "a::generic::<str, fn(i32) -> u8>"),
        (
            "_RINvCs4Q2Qx8jI5j6_1a7genericxFG0_RL1_aQL0_iERL1_aEB2_",
            "a::generic::<i64, for<'a, 'b> fn(&'a i8, &'b mut isize) -> &'a i8>"
        ),
        ("_RIC1aL_FK9rust_callEzE", "a::<'_, extern \"rust-call\" fn() -> !>"),
    ])
    func readsTypesAsTheLanguageWritesThem(name: String, text: String) {
        #expect(read(name) == text)
    }

    @Test func boundsTheLifetimesOfABinder() {
        #expect(read("_RIC1aFGZ_EuE")?.hasPrefix("a::<for<'a, 'b, ") == true)
        #expect(read("_RIC1aFGZZZZZZZ_EuE") == nil)
        #expect(read("_RIC1aFGZZZZZZZZZZZZZZZZ_EuE") == nil)
        // The same where nothing is printed.
        #expect(read("_RNvMIC1aFGZZZZZZZ_EuEh1f") == nil)
    }

    @Test(arguments: [
        "_RIC1aL0_E", "_RIC1aRE", "_RIC1aAhE", "_RIC1aThE", "_RIC1aDC1bE", "_RIC1aFKE", "_RIC1agE",
        "_RIC1aFEE",
    ])
    func refusesWhatIsMalformed(name: String) { #expect(read(name) == nil) }
}

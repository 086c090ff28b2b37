// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite("RustName+constant") struct RustNameConstantTests {
    private func read(_ name: String) -> String? {
        RustName.read(Array(name.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        (
            "_RNvMs0_Cs4Q2Qx8jI5j6_1aINtB5_4FlagKb0_Kca_Kl11170_E2goB5_",
            "<a::Flag<false, '\\n', 70000>>::go"
        ),
        (
            "_RNvMs0_Cs4Q2Qx8jI5j6_1aINtB5_4FlagKb1_Kc78_Kln5_E2goB5_",
            "<a::Flag<true, 'x', -5>>::go"
        ),
        ("_RNvMs0_Cs4Q2Qx8jI5j6_1aINtB5_4FlagKb0_Kcdf_Kl0_E2goB5_", "<a::Flag<false, 'ß', 0>>::go"),
        ("_RIC1aKpKhff_E", "a::<_, 255>"), ("_RIC1aKh_E", "a::<0>"),
        ("_RIC1aKyffffffffffffffff_E", "a::<18446744073709551615>"),
        ("_RIC1aKo10000000000000000_E", "a::<0x10000000000000000>"),
        ("_RIC1aKh7_KB4_E", "a::<7, 7>"),
    ])
    func readsConstants(name: String, text: String) { #expect(read(name) == text) }

    @Test(arguments: [
        "_RIC1aKE", "_RIC1aKhE", "_RIC1aKh1E", "_RIC1aKb2_E", "_RIC1aKcd800_E", "_RIC1aKc110000_E",
        "_RIC1aKhn1_E", "_RIC1aKe616263_E", "_RIC1aKc10000000000000000_E",
    ])
    func refusesWhatIsNoneOrNotStable(name: String) { #expect(read(name) == nil) }
}

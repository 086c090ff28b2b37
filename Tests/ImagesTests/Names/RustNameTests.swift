// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct RustNameTests {
    private func read(_ name: String) -> String? {
        RustName.read(Array(name.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func readsPathsAndTheCrateThatMadeTheCode() {
        #expect(read("_RNvCs4Q2Qx8jI5j6_1a3all") == "a::all")
        #expect(
            read(
                "_RNvXso_NtCslNYArtu3iFV_5alloc3vecINtB5_3VechENtNtNtCsgEmfK2I1SDS_4core3ops4drop4"
                    + "Drop4dropCsduwmD7cSIQq_5gimli"
            ) == "<alloc::vec::Vec<u8> as core::ops::drop::Drop>::drop"
        )
    }

    @Test(arguments: [
        "", "_R", "_RC", "_RC1", "_R0NvC1a1b", "_Ra", "_RNvC1a1bX", "_RNvC1a1b$", "_RN1C1a1b",
        "_RB_",
        "_RNvB_1a", "_RNvC1a1bCs7", "_RIC1aKB", "_RC99999999999999999999a", "_RNvC1a1bC",
        "_RIC1aB9_E",
    ])
    func refusesWhatIsMalformed(name: String) { #expect(read(name) == nil) }

    @Test func boundsDepthWorkAndText() {
        let deep = String(repeating: "S", count: 4000)
        #expect(read("_RIC1a" + deep + "hE") == nil)
        #expect(read("_RIC1a" + deep.prefix(100) + "hE") != nil)
        // Each tuple has the one before twice: 2^30 parts.
        var doubling = "_RIC1a"
        var previous = doubling.utf8.count - 2
        doubling += "ThhE"
        for _ in 0..<30 {
            let place = doubling.utf8.count - 2
            let reference = "B" + String.base62(previous)
            doubling += "T" + reference + reference + "E"
            previous = place
        }
        #expect(read(doubling + "E") == nil)
        // The same without text: what is not printed is not read twice.
        #expect(read("_RNvMI" + doubling.dropFirst(3) + "Eh1f") == "<u8>::f")
    }

    @Test func goesInNoCircles() {
        #expect(read("_RIC1aSB3_E") == nil)
        #expect(read("_RIC1aTB3_hEE") == nil)
    }
}

extension String {
    /// A number as the scheme writes it: none is 0, and others count from 1.
    fileprivate static func base62(_ number: Int) -> String {
        guard number > 0 else { return "_" }
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        var rest = number - 1
        var text = ""
        repeat {
            text = String(digits[rest % 62]) + text
            rest /= 62
        } while rest > 0
        return text + "_"
    }
}

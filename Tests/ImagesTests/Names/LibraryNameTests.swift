// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct LibraryNameTests {
    @Test func readsNamesOfCPlusPlus() {
        let text = LibraryName.cPlusPlus(Array("_ZN1a1bEi".utf8)[...])
        #expect(text.map { String(decoding: $0, as: UTF8.self) } == "a::b(int)")
        #expect(LibraryName.cPlusPlus(Array("_ZN1a".utf8)[...]) == nil)
        #expect(LibraryName.cPlusPlus([]) == nil)
    }

    @Test(arguments: [
        (
            "$sSD9formIndex5afterySD0B0Vyxq__Gz_tF",
            "Swift.Dictionary.formIndex(after: inout Swift.Dictionary<A, B>.Index) -> ()"
        ),
        ("$sSNwetTm", "merged getEnumTagSinglePayload value witness for Swift.ClosedRange"),
        (
            "_$sSS8UTF8ViewV10startIndexSS0D0Vvg",
            "Swift.String.UTF8View.startIndex.getter : Swift.String.Index"
        ),
    ])
    func readsNamesOfSwift(name: String, text: String) {
        let found = LibraryName.swift(Array(name.utf8)[...])
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test func refusesSwiftNamesThatAreMalformed() {
        #expect(LibraryName.swift(Array("$s1a1".utf8)[...]) == nil)
        #expect(LibraryName.swift([]) == nil)
    }

    @Test func textThatDoesNotFitIsNone() {
        // "f(int, int, ...)": five bytes for each parameter.
        let fits = "_Z1f" + String(repeating: "i", count: 1000)
        #expect(LibraryName.cPlusPlus(Array(fits.utf8)[...])?.count == 3 + 5 * 1000 - 2)
        let unsigned = "_Z1f" + String(repeating: "j", count: 1000)
        #expect(LibraryName.cPlusPlus(Array(unsigned.utf8)[...]) == nil)
        var tuple = "$sSi_Si"
        for _ in 0..<1000 { tuple += "Si" }
        #expect(LibraryName.swift(Array((tuple + "tD").utf8)[...]) == nil)
    }
}

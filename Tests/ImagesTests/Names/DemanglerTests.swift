// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct DemanglerTests {
    private func demangle(_ name: String) -> String? { Demangler.demangle(Array(name.utf8)[...]) }

    @Test(arguments: [
        (
            "_ZNSt6vectorIiSaIiEE9push_backEOi",
            "std::vector<int, std::allocator<int> >::push_back(int&&)"
        ),
        ("_RNvCs4Q2Qx8jI5j6_1a3all", "a::all"),
        ("_ZN1a3all17h6f11993f530b619dE", "a::all"),
        ("$sSuN", "type metadata for Swift.UInt"),
    ])
    func readsEachScheme(name: String, text: String) { #expect(demangle(name) == text) }

    @Test func putsSuffixesBehindTheText() {
        #expect(demangle("_Z1fv.constprop.0.cold") == "f().constprop.0.cold")
        #expect(demangle("_RNvC1a1b.llvm.77") == "a::b.llvm.77")
        #expect(demangle("$sSuN.cold.1") == "type metadata for Swift.UInt.cold.1")
        #expect(demangle("_ZN1a3all17h6f11993f530b619dE.cold") == "a::all.cold")
    }

    @Test(arguments: ["main", "_Z", "_Zq", "_R", "$s", "_ZN1aEv\u{1}", "_Z1f v", "$s1a\u{1}bcdV"])
    func leavesWhatItCannotRead(name: String) { #expect(demangle(name) == nil) }

    @Test func boundsTheNameAndTheText() {
        let parameters = String(repeating: "i", count: 400)
        #expect(demangle("_Z1f" + parameters) != nil)
        #expect(demangle("_Z1f" + String(repeating: "i", count: 5000)) == nil)
        // Each argument repeats the one before twice: 2^60 characters.
        var doubling = "_Z1f1AIiiE"
        for index in 1..<60 {
            let previous = "S" + String(index - 1, radix: 36).uppercased() + "_"
            doubling += "S_I\(previous)\(previous)E"
        }
        #expect(demangle(doubling) == nil)
    }

    /// All names of the C++ library, as the binutils read them.
    @Test func agreesWithTheBinutilsOnTheCPlusPlusLibrary() throws {
        let library = try lines(of: "gcc -print-file-name=libstdc++.so.6")
        let path = try #require(library.first)
        let directory = try TemporaryDirectory()
        let list = directory.path("names")
        let names = try lines(
            of: "nm -D --defined-only '\(path)' | awk '{print $3}' | sed 's/@.*//' | grep '^_Z'"
                + " | sort -u | tee '\(list)'"
        )
        let texts = try lines(of: "c++filt --no-verbose < '\(list)'")
        #expect(names.count > 3000)
        try #require(names.count == texts.count)
        let wrong = zip(names, texts).filter { demangle(String($0)) != String($1) }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(5))")
    }

    /// Whatever is done to a name, there is an answer, and it is short.
    @Test(arguments: [
        "_ZNSt6vectorIiSaIiEE17_M_realloc_insertIJRKiEEEvN9__gnu_cxx1"
            + "7__normal_iteratorIPiS1_EEDpOT_",
        "_RNvXs_NtCslNYArtu3iFV_5alloc5allocNtB4_6GlobalNtNtCsgEmfK2I1SDS_4core5alloc9Allocator10"
            + "deallocateCs4Q2Qx8jI5j6_1a",
        "_RINvCs4Q2Qx8jI5j6_1a7genericxFG0_RL1_aQL0_iERL1_aEB2_",
        "_ZN1a21Flag$LT$_$C$_$C$_$GT$2go17h2b46290f82a0743eE",
        "$ss10ArraySliceVyxGSmsSm9removeAll5whereySb7ElementQzKXE_tKFTW",
        "$sSh8_VariantV6insertySb8inserted_x17memberAfterInserttxnFSO_Tg5",
    ])
    func survivesTruncationAndMutation(name: String) {
        let whole = Array(name.utf8)
        #expect(Demangler.demangle(whole[...]) != nil)
        for length in whole.indices { _ = Demangler.demangle(whole[..<length]) }
        var random = SeededGenerator(seed: 0x6e61_6d65)
        let alphabet = Array("AABCEGIKLMNQRSTXYZ_0123456789aeijlpstuvxyz$.".utf8)
        for _ in 0..<5000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 2..<bytes.count, using: &random)
                let byte = alphabet.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                default: bytes.insert(contentsOf: bytes[2..<place], at: place)
                }
            }
            let text = Demangler.demangle(bytes[...])
            let bytesLimit = Demangler.outputBytesLimit + Demangler.inputBytesLimit
            #expect((text?.utf8.count ?? 0) <= bytesLimit)
        }
    }
}

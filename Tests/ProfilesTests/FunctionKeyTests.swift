// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct FunctionKeyTests {
    private static let reserved: [FunctionKey] = [.unsampled, .kernel, .unknown, .other]

    @Test func reservedKeysDiffer() {
        #expect(Set(Self.reserved).count == 4)
        #expect(FunctionKey.kernel.object == "[kernel]")
    }

    @Test func ordinarySymbolIsKept() {
        let key = FunctionKey(symbol: "std::sort", object: "libstdc++.so.6")
        #expect(key.function == "std::sort")
        #expect(key.object == "libstdc++.so.6")
    }

    @Test(arguments: ["[unsampled]", "[kernel]", "[unknown]", "other", "", "\\[kernel]"])
    func noSymbolEqualsAReservedKey(name: String) {
        for object in ["", "[kernel]", "libc.so.6"] {
            #expect(!Self.reserved.contains(FunctionKey(symbol: name, object: object)))
        }
    }

    @Test func escapedNamesStayApart() {
        let names = ["[kernel]", "\\[kernel]", "\\\\[kernel]", "kernel", "\\"]
        #expect(Set(names.map { FunctionKey(symbol: $0, object: "a") }).count == names.count)
        #expect(FunctionKey(symbol: "[kernel]", object: "a").function == "\\[kernel]")
    }

    @Test func missingSymbolIsUnknownInItsObject() {
        let key = FunctionKey(symbol: "", object: "app")
        #expect(key.function == "[unknown]")
        #expect(key.object == "app")
        #expect(FunctionKey(symbol: "f", object: "").object == "[anonymous]")
    }

    @Test(arguments: [
        ("libc.so.6", true), ("libc-2.31.so", true), ("libc.musl-x86_64.so.1", true),
        ("ld-musl-x86_64.so.1", true), ("ld-linux-x86-64.so.2", true), ("libpthread-2.28.so", true),
        ("librt.so.1", true), ("[vdso]", true), ("libcurl.so.4", false), ("ldd", false),
        ("app", false), ("libstdc++.so.6", false),
    ])
    func knowsTheCLibrary(object: String, isOfCLibrary: Bool) {
        #expect(FunctionKey(symbol: "f", object: object).isOfCLibrary == isOfCLibrary)
    }

    @Test func namesThatLabelsShowAlikeAreOneKey() {
        let keys = ["a\u{1}", "a\u{2}"].map { FunctionKey(symbol: $0, object: "lib\($0)") }
        #expect(Set(keys).count == 1)
        #expect(keys.first?.function == "a?")
        #expect(keys.first?.object == "liba?")
    }
}

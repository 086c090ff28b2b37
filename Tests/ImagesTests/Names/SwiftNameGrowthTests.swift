// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct SwiftNameGrowthTests {
    private func isBounded(_ name: String) -> Bool {
        SwiftNameGrowth.isBounded(Array(name.utf8)[...])
    }

    /// A tuple of generic types, each of which has the one before twice.
    private func doubling(_ times: Int) -> String {
        var name = "$s1a1bVyACACG_"
        for index in 3..<(3 + times) {
            let previous = "A" + String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
            name += "ACy" + previous + previous + "G"
        }
        return name + "tD"
    }

    @Test func admitsWhatGrowsAsMuchAsItShould() throws {
        #expect(isBounded(doubling(4)))
        let text = try #require(Demangler.demangle(Array(doubling(4).utf8)[...]))
        #expect((500..<700).contains(text.utf8.count))
    }

    @Test func refusesWhatDoublesAgainAndAgain() {
        #expect(!isBounded(doubling(20)))
        #expect(Demangler.demangle(Array(doubling(20).utf8)[...]) == nil)
    }

    @Test func countsRepetitionsAndNumbers() {
        #expect(!isBounded("$s1a1bVyA999c999dE"))
        #expect(
            !isBounded(
                "$s" + String(repeating: "A_", count: 1000) + String(repeating: "A0_", count: 1000)
            )
        )
        #expect(isBounded("$sA"))
        #expect(isBounded("$sA99999999999999999999"))
        #expect(!isBounded("$sA99999999999999999999a"))
        #expect(isBounded("$sA99999999999999999999_"))
    }

    @Test func textOfIdentifiersIsNoReference() {
        let identifier = String(repeating: "AAABACADAE", count: 9)
        #expect(isBounded("$s90" + identifier + "V"))
        #expect(!isBounded("$s" + String(repeating: identifier, count: 9) + "V"))
        // An index, after which there may be anything.
        #expect(!isBounded("$s810_" + String(repeating: identifier, count: 9) + "V"))
        #expect(isBounded("$s1a33_BA6F1654135696C814CA471880B3FFD5LLV"))
    }

    /// The runtime's own names, almost all of which must be read.
    @Test func theNamesOfARealLibrary() throws {
        let names = try lines(
            of: "nm --defined-only \"$(dirname \"$(realpath \"$(command -v swift)\")\")\""
                + "/../lib/swift/linux/libswiftCore.so | awk '{print $3}' | grep '^$s'"
        )
        #expect(names.count > 10_000)
        let refused = names.filter { !isBounded(String($0)) }
        #expect(refused.count * 200 < names.count, "\(refused.count) of \(names.count)")
    }
}

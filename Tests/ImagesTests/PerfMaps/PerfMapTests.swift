// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Images

@Suite struct PerfMapTests {
    private func map(_ texts: String...) -> PerfMap {
        var map = PerfMap()
        for text in texts { map.append(Array(text.utf8)) }
        return map
    }

    private func name(_ map: PerfMap, _ address: UInt64) -> String? {
        map.function(at: Address(address))?.name
    }

    @Test func namesWhatItHoldsAndNoGap() {
        let map = map("1000 10 first\n1020 10 second function\n")
        #expect(map.count == 2)
        #expect(name(map, 0xfff) == nil)
        #expect(name(map, 0x1000) == "first")
        #expect(name(map, 0x100f) == "first")
        #expect(name(map, 0x1010) == nil)
        #expect(name(map, 0x102f) == "second function")
        #expect(name(map, 0x1030) == nil)
        #expect(map.function(at: Address(0x1025))?.addresses == Address(0x1020)..<Address(0x1030))
        #expect(name(PerfMap(), 0) == nil)
    }

    @Test func theNewestWins() {
        let map = map("1000 100 old\n", "1000 20 new\n1010 4 newest\n", "1080 4 la", "st\n")
        #expect(name(map, 0x1000) == "new")
        #expect(name(map, 0x1010) == "newest")
        #expect(name(map, 0x1014) == "new")
        #expect(name(map, 0x1020) == "old")
        #expect(name(map, 0x1080) == "last")
        #expect(name(map, 0x1084) == "old")
    }

    @Test func readsMangledNamesAndKeepsThem() {
        let function = map("0 10 _ZN1a1bEv\n").function(at: Address(0))
        #expect(function?.name == "a::b()")
        #expect(function?.systemName == "_ZN1a1bEv")
        // What stands behind the sign is no version here.
        #expect(name(map("0 10 Lib@1::f\n"), 0) == "Lib@1::f")
    }

    @Test func forgetsWhatIsCovered() {
        var map = PerfMap()
        let name = String(repeating: "n", count: 1000)
        for _ in 0..<200 { map.append(Array("1000 10 \(name)\n".utf8)) }
        #expect(map.count == 1)
        #expect(map.byteCount < 10_000)
    }

    @Test func boundsTheNames() {
        var map = PerfMap()
        let name = String(repeating: "n", count: 4000)
        let count = PerfMap.nameBytesLimit / 4000 + 100
        for start in stride(from: 0, to: count, by: 1000) {
            var text = ""
            for index in start..<min(start + 1000, count) {
                text += String(index * 16, radix: 16) + " 10 \(name)\n"
            }
            map.append(Array(text.utf8))
        }
        #expect(map.count == PerfMap.nameBytesLimit / 4000)
        #expect(map.drops == [.tooMany: 100])
        #expect(map.byteCount <= 2 * PerfMap.nameBytesLimit + (1 << 20))
    }

    @Test func truncatedAndChangedAtRandom() {
        let text = Array(
            "1000 100 first\n0x1080 0x20 second\n1000 10 third\nzz\n2000 1 last\n".utf8
        )
        for length in text.indices {
            var map = PerfMap()
            map.append(Array(text[..<length]))
            #expect(map.count <= 5)
        }
        var random = SeededGenerator(seed: 0x7065_7266)
        for _ in 0..<2000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] = UInt8.random(in: 0...127, using: &random)
            }
            var map = PerfMap()
            map.append(bytes)
            map.append(text)
            #expect(map.count <= 20)
            _ = map.function(at: Address(random.next()))
        }
    }
}

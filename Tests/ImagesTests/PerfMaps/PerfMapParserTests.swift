// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct PerfMapParserTests {
    private func lines(of text: String) -> (lines: [String], drops: [PerfMapDrop: Int]) {
        var parser = PerfMapParser()
        var lines: [String] = []
        parser.read(Array(text.utf8)) { line in
            lines.append("\(line.addresses) \(String(decoding: line.name, as: UTF8.self))")
        }
        return (lines, parser.drops)
    }

    @Test func readsNumbersWithAndWithoutTheirPrefix() {
        let text = "10 8 plain\n0x20 0x8 Ljava/lang/Object;::wait [x]\n0X3A 1F  two blanks\n"
        let read = lines(of: text)
        #expect(
            read.lines == [
                "16..<24 plain", "32..<40 Ljava/lang/Object;::wait [x]", "58..<89  two blanks",
            ]
        )
        #expect(read.drops.isEmpty)
    }

    @Test(arguments: [
        "", "10", "10 8", "10 8 ", "x 8 a", "10 0 a", "10 -8 a", " 10 8 a", "10  8 a", "0x 8 a",
        "ffffffffffffffff 1 a", "1ffffffffffffffff 1 a", "10 ffffffffffffffff0 a", "10\t8\ta",
    ])
    func countsWhatIsNoLine(line: String) {
        let read = lines(of: line + "\n10 8 next\n")
        #expect(read.lines == ["16..<24 next"])
        #expect(read.drops == [.malformed: 1])
    }

    @Test func boundsTheLengthOfALine() {
        let limit = PerfMapParser.lineBytesLimit
        let longest = "10 8 " + String(repeating: "a", count: limit - 5)
        #expect(lines(of: longest + "\n").lines.count == 1)
        let read = lines(of: longest + "a\n10 8 next\n")
        #expect(read.lines == ["16..<24 next"])
        #expect(read.drops == [.tooLong: 1])
    }

    @Test func aLineWithoutAnEndIsKeptForLater() {
        let text = Array("10 8 first\n20 8 second\n30 8 third".utf8)
        for cut in text.indices {
            var parser = PerfMapParser()
            var names: [String] = []
            for part in [text[..<cut], text[cut...], "\n"[...].utf8.map { $0 }[...]] {
                parser.read(Array(part)) { names.append(String(decoding: $0.name, as: UTF8.self)) }
            }
            #expect(names == ["first", "second", "third"])
        }
    }

    @Test func aLineThatNeverEndsTakesNoMemory() {
        var parser = PerfMapParser()
        for _ in 0..<100 {
            parser.read([UInt8](repeating: 0x61, count: 1000)) { _ in
                Issue.record("there is no line")
            }
        }
        var names: [Int] = []
        parser.read(Array("\n10 8 a\n".utf8)) { names.append($0.name.count) }
        #expect(names == [1])
        #expect(parser.drops == [.tooLong: 1])
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("JSONReader")
struct JSONReaderTests {
    private func reader(_ text: String) -> JSONReader {
        let bytes = Array(text.utf8)
        return JSONReader(bytes, in: 0..<bytes.count)
    }

    private func text(_ json: String) throws -> String {
        var reader = reader(json)
        let text = try reader.readString()
        try reader.finish()
        return text
    }

    @Test("reads strings with all escapes")
    func strings() throws {
        #expect(try text(#" "Größe" "#) == "Größe")
        #expect(try text(#""a\"\\\/\b\f\n\r\tz""#) == "a\"\\/\u{8}\u{c}\n\r\tz")
        #expect(try text(#""\u003c\uD83D\udc26""#) == "<\u{1f426}")
        #expect(try text(#""\ud83d!\udc26\ud83d\ud83d""#) == "\u{fffd}!\u{fffd}\u{fffd}\u{fffd}")
        #expect(try text(#""""#) == "")
    }

    @Test(
        "refuses what is no string",
        arguments: [
            #"""#, #""a"#, #""\"#, #""\x""#, #""\u12""#, #""\u+123""#, #""\u-000""#,
            "\"a\nb\"", "a", "",
        ]
    )
    func damagedStrings(json: String) {
        #expect(throws: ProfileReadFailure.self) { try text(json) }
    }

    @Test("reads whole numbers exactly, and others as near as it gets")
    func numbers() throws {
        var numbers: [JSONNumber] = []
        var reader = reader("[0, 18446744073709551615, 1.5, -2, 1e3]")
        try reader.readArray { (reader) throws(ProfileReadFailure) in
            numbers.append(try reader.readNumber())
        }
        #expect(numbers.map(\.integer) == [0, .max, nil, nil, nil])
        #expect(numbers.map { $0.multiplied(by: 2) } == [0, .max, 3, nil, 2000])
        #expect(JSONNumber(value: 1e300).multiplied(by: .max) == .max)
    }

    @Test(
        "refuses what is no number",
        arguments: ["-", "1e999", "x", "1.2.3", String(repeating: "1", count: 65), ""]
    )
    func damagedNumbers(json: String) {
        var reader = reader(json)
        #expect(throws: ProfileReadFailure.self) { try reader.readNumber() }
    }

    @Test("reads objects member by member, and forgets what it is told to")
    func objects() throws {
        var reader = reader(#"{ "a" : {"x":[1,{"y":null}],"z":true} , "b":false,"c":"d" } "#)
        var keys: [String] = []
        try reader.readObject { (key, reader) throws(ProfileReadFailure) in
            keys.append(key)
            try reader.skip()
        }
        try reader.finish()
        #expect(keys == ["a", "b", "c"])
    }

    @Test(
        "refuses what is no value",
        arguments: [
            "{", "}", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "[1,", "[1,]", "[1 2]", "tru",
            "nul",
            "{1:2}", "", "  ",
        ]
    )
    func damaged(json: String) {
        var reader = reader(json)
        #expect(throws: ProfileReadFailure.self) { try reader.skip() }
    }

    @Test("nesting is bounded")
    func deep() {
        var reader = reader(String(repeating: "[", count: 1_000_000))
        #expect(throws: ProfileReadFailure.damagedJSON(65)) { try reader.skip() }
        var shallow = self.reader(
            String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        )
        #expect(throws: Never.self) { try shallow.skip() }
    }

    @Test("reads no further than its range, and expects nothing behind a value")
    func range() {
        var reader = JSONReader(Array("12345".utf8), in: 1..<3)
        #expect(throws: Never.self) { try reader.finish(after: 23) }
        var rest = self.reader("1 2")
        #expect(throws: ProfileReadFailure.damagedJSON(2)) { try rest.finish(after: 1) }
        var beyond = JSONReader([1], in: 5..<9)
        #expect(throws: ProfileReadFailure.self) { try beyond.skip() }
    }
}

extension JSONReader {
    /// Reads a number, which must be the last value.
    fileprivate mutating func finish(after integer: UInt64) throws {
        #expect(try readNumber().integer == integer)
        try finish()
    }
}

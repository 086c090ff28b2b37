// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sampler

@Suite struct ByteScannerTests {
    @Test(arguments: [
        ("0", 0), ("18446744073709551615", UInt64.max), ("18446744073709551616", nil), ("", nil),
        ("x", nil), ("12a", 12), ("99999999999999999999999999", nil), ("-1", nil),
    ])
    func readsDecimalNumbers(text: String, value: UInt64?) {
        parse(text) { bytes in
            var scanner = ByteScanner()
            #expect(scanner.decimal(in: bytes) == value)
            // A step that fails stays where it was.
            if value == nil { #expect(scanner.position == 0) }
        }
    }

    @Test(arguments: [
        ("-5", -5), ("7", 7), ("-", nil), ("--1", nil), ("9223372036854775807", Int64.max),
        ("9223372036854775808", nil), ("-9223372036854775808", nil),
    ])
    func readsSignedNumbers(text: String, value: Int64?) {
        parse(text) { bytes in
            var scanner = ByteScanner()
            #expect(scanner.signedDecimal(in: bytes) == value)
            if value == nil { #expect(scanner.position == 0) }
        }
    }

    @Test(arguments: [
        (" 0x1f", 0x1f), ("0xffffffffffffffff", UInt64.max), ("0x10000000000000000", nil),
        ("0x", nil), ("1f", nil), ("0X1", nil), ("", nil),
    ])
    func readsPrefixedHexadecimal(text: String, value: UInt64?) {
        parse(text) { bytes in
            var scanner = ByteScanner()
            #expect(scanner.prefixedHexadecimal(in: bytes) == value)
            if value == nil { #expect(scanner.position == 0) }
        }
    }

    @Test func walksFieldsAndLines() {
        parse("  a bc\td\nlast") { bytes in
            var scanner = ByteScanner()
            let first = scanner.take(until: .newline, in: bytes)
            let second = scanner.take(until: .newline, in: bytes)
            let firstText = first.map { bytes.text($0) }
            let secondText = second.map { bytes.text($0) }
            let third = scanner.take(until: .newline, in: bytes)
            let isAtEnd = scanner.isAtEnd(of: bytes)
            #expect(firstText == "  a bc\td")
            #expect(secondText == "last")
            #expect(third == nil)
            #expect(isAtEnd)

            scanner = ByteScanner()
            let skipped = scanner.skipFields(2, in: bytes)
            let field = scanner.field(in: bytes).map { bytes.text($0) }
            let next = scanner.field(in: bytes)
            let skippedAtEnd = scanner.skipFields(1, in: bytes)
            #expect(skipped)
            #expect(field == "d")
            #expect(next == nil)
            #expect(!skippedAtEnd)
        }
    }

    @Test func comparesWithinBounds() {
        parse("abc") { bytes in
            let prefixes = [
                bytes.hasPrefix("ab"), bytes.hasPrefix("c", at: 2), bytes.hasPrefix("cd", at: 2),
                bytes.hasPrefix("a", at: -1), bytes.hasPrefix("a", at: 9),
            ]
            let whole = [bytes.equals("abc"), bytes.equals("ab")]
            #expect(prefixes == [true, true, false, false, false])
            #expect(whole == [true, false])
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Gives a parser of bytes a literal.
func parse<Result>(_ text: String, _ parser: (Span<UInt8>) -> Result) -> Result {
    parse(Array(text.utf8), parser)
}

/// Gives a parser bytes that are no text.
func parse<Result>(_ bytes: [UInt8], _ parser: (Span<UInt8>) -> Result) -> Result {
    parser(bytes.span)
}

/// Every beginning of some text that is shorter than the text.
func truncations(of text: String) -> [String] {
    text.indices.map { String(text[..<$0]) }
}

/// Bytes without any sense, the same at each run.
func hostileBytes(count: Int, seed: UInt64) -> [UInt8] {
    // Many digits and separators, so that parsers get past their first step.
    let alphabet = Array("0123456789abcdefx-:/ ()\n\t\0\u{7f}RSZUidName".utf8) + [0xff, 0x80]
    var state = seed &* 2 &+ 1
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Writes floating-point numbers as OpenMetrics 1.0 asks for `le` ("canonical numbers").
///
/// That is Go's shortest `%g` with a point in every number: `0.001`, `1.0`, `5e-05`, `1e+06`,
/// `+Inf`. One form everywhere keeps `le` the same in both formats, hence one series for one
/// bucket.
enum CanonicalFloat {
    /// From here on Go writes an exponent, and Swift does not yet.
    private static let exponentThreshold = 1e6

    static func append(_ value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else {
            bytes.append(contentsOf: (value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf").utf8)
            return
        }
        // The description has the fewest digits that read back as the same number.
        let shortest = value.description.utf8
        let hasExponent = shortest.contains(UInt8(ascii: "e"))
        guard value.magnitude >= exponentThreshold, !hasExponent else {
            bytes.append(contentsOf: shortest)
            return
        }
        appendWithExponent(Array(shortest), to: &bytes)
    }

    /// Rewrites a plain decimal of at least seven integer digits: `-1234567.5` to `-1.2345675e+06`.
    private static func appendWithExponent(_ decimal: [UInt8], to bytes: inout [UInt8]) {
        var digits = decimal.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        let isNegative = decimal.first == UInt8(ascii: "-")
        let point = decimal.firstIndex(of: UInt8(ascii: ".")) ?? decimal.count
        let exponent = point - 1 - (isNegative ? 1 : 0)
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }

        if isNegative { bytes.append(UInt8(ascii: "-")) }
        bytes.append(contentsOf: digits.prefix(1))
        if digits.count > 1 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: digits.dropFirst())
        }
        bytes.append(contentsOf: (exponent < 10 ? "e+0" : "e+").utf8)
        bytes.append(contentsOf: String(exponent).utf8)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Reads identifiers that are not of ASCII alone (RFC 3492).
enum Punycode {
    /// The most characters of one identifier: each costs a move of those behind it.
    static let characterLimit = 128

    /// The text of an identifier, or nil where it is malformed or too long.
    ///
    /// - Parameters:
    ///   - basic: The characters of ASCII, in their order.
    ///   - encoded: Which others stand where between them; digits are `a` to `z` and `0` to `9`.
    static func decode(basic: ArraySlice<UInt8>, encoded: ArraySlice<UInt8>) -> String? {
        guard basic.count + encoded.count <= 4 * characterLimit, basic.count <= characterLimit
        else { return nil }
        var scalars = basic.map { Unicode.Scalar($0) }
        var code: UInt32 = 128
        var place: UInt32 = 0
        var bias: UInt32 = 72
        var rest = encoded
        while !rest.isEmpty {
            guard scalars.count < characterLimit,
                let delta = takeDelta(from: &rest, bias: bias)
            else { return nil }
            let (sum, overflow) = place.addingReportingOverflow(delta)
            guard !overflow else { return nil }
            let count = UInt32(scalars.count + 1)
            bias = adapt(delta, count: count, isFirst: place == 0)
            let (next, carry) = code.addingReportingOverflow(sum / count)
            guard !carry, let scalar = Unicode.Scalar(next) else { return nil }
            code = next
            place = sum % count
            scalars.insert(scalar, at: Int(place))
            place += 1
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// A number of variable length (RFC 3492, 6.2).
    private static func takeDelta(from rest: inout ArraySlice<UInt8>, bias: UInt32) -> UInt32? {
        var delta: UInt32 = 0
        var weight: UInt32 = 1
        var step: UInt32 = 36
        while let byte = rest.popFirst() {
            guard let digit = digit(byte) else { return nil }
            let (part, overflow) = digit.multipliedReportingOverflow(by: weight)
            let (sum, carry) = delta.addingReportingOverflow(part)
            guard !overflow, !carry else { return nil }
            delta = sum
            let threshold = step <= bias ? 1 : min(26, step - bias)
            if digit < threshold { return delta }
            let (heavier, tooHeavy) = weight.multipliedReportingOverflow(by: 36 - threshold)
            guard !tooHeavy else { return nil }
            weight = heavier
            step += 36
        }
        return nil
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    /// The bias for the number that follows (RFC 3492, 6.1).
    private static func adapt(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / count
        var steps: UInt32 = 0
        while rest > 455 {
            rest /= 35
            steps += 36
        }
        return steps + 36 * rest / (rest + 38)
    }
}

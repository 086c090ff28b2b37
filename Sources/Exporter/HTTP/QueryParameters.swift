// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// The parameters of a request, read strictly.
///
/// A misspelt parameter that is passed over gives an answer to another question. So one that is
/// unknown, repeated or badly encoded is refused.
package struct QueryParameters: Sendable {
    /// Why a query was refused; its description is the answer to the client.
    package enum Problem: Error, Equatable, CustomStringConvertible {
        case unknown(name: String)
        case repeated(name: String)
        case badEncoding
        case tooMany

        package var description: String {
            switch self {
            case .unknown(let name): "unknown parameter '\(LabelValue(sanitising: name))'"
            case .repeated(let name): "parameter '\(LabelValue(sanitising: name))' given twice"
            case .badEncoding: "the query is not valid percent-encoded text"
            case .tooMany: "too many parameters"
            }
        }
    }

    private static let maximumCount = 16

    private var values: [String: String] = [:]

    /// Reads the part of a URL after `?`; nil or empty for none.
    package init(parsing query: String?, allowed: Set<String>) throws(Problem) {
        guard let query, !query.isEmpty else { return }
        let pairs = query.split(separator: "&", omittingEmptySubsequences: false)
        guard pairs.count <= Self.maximumCount else { throw .tooMany }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decode(parts[0])
            let value = parts.count == 2 ? try Self.decode(parts[1]) : ""
            guard allowed.contains(name) else { throw .unknown(name: name) }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .repeated(name: name)
            }
        }
    }

    /// The value of a parameter, or nil if it was not given.
    package subscript(name: String) -> String? { values[name] }

    /// Undoes percent-encoding; `+` is a space, and control characters are refused.
    private static func decode(_ text: Substring) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = hexadecimalDigit(rest.popFirst()),
                    let low = hexadecimalDigit(rest.popFirst())
                else { throw .badEncoding }
                bytes.append(high << 4 | low)
            default:
                bytes.append(byte)
            }
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
            let decoded = String(validating: bytes, as: UTF8.self)
        else { throw .badEncoding }
        return decoded
    }

    private static func hexadecimalDigit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let digit) where (0x30...0x39) ~= digit: digit - 0x30
        case .some(let letter) where (0x41...0x46) ~= letter: letter - 0x41 + 10
        case .some(let letter) where (0x61...0x66) ~= letter: letter - 0x61 + 10
        default: nil
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CCrypt

/// A password as bcrypt keeps it: `$2y$10$`, 22 characters of salt and 31 of hash.
package struct BcryptHash: Hashable, Sendable {
    /// What a hash may cost, as powers of two; the greatest takes about a second.
    package static let costs = 4...14

    /// Why a text is no hash that is checked here.
    package enum Problem: Error, Equatable, CustomStringConvertible {
        case notBcrypt
        case cost(Int)

        package var description: String {
            switch self {
            case .notBcrypt:
                "not a bcrypt hash ($2a$, $2b$ or $2y$); htpasswd -nBC 10 '' makes one"
            case .cost(let cost):
                "a bcrypt hash of cost \(cost); the cost must be from \(costs.lowerBound)"
                    + " to \(costs.upperBound)"
            }
        }
    }

    private static let length = 60
    private static let settingLength = 29

    /// The power of two that says how long a check takes.
    package let cost: Int

    private let bytes: [UInt8]

    /// Reads a hash.
    package init(_ text: String) throws(Problem) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.length, let cost = Self.cost(ofPrefix: bytes.prefix(7)),
            bytes.dropFirst(7).allSatisfy(Self.isDigit)
        else { throw .notBcrypt }
        guard Self.costs.contains(cost) else { throw .cost(cost) }
        self.cost = cost
        self.bytes = bytes
    }

    private init(cost: Int, bytes: [UInt8]) {
        self.cost = cost
        self.bytes = bytes
    }

    /// A hash that costs as much as others do; whether a password matches it means nothing.
    static func decoy(cost: Int) -> BcryptHash {
        let prefix = "$2b$\(cost < 10 ? "0" : "")\(cost)$"
        return BcryptHash(
            cost: cost,
            bytes: Array(prefix.utf8)
                + [UInt8](repeating: UInt8(ascii: "e"), count: length - prefix.utf8.count)
        )
    }

    /// Whether a password is the one: some time of work, whatever the answer.
    ///
    /// bcrypt looks at the first 72 bytes. The comparison takes the same time wherever two hashes
    /// begin to differ.
    func matches(_ password: [UInt8]) -> Bool {
        let size = MemoryLayout<crypt_data>.size
        let work = UnsafeMutableRawPointer.allocate(
            byteCount: size,
            alignment: MemoryLayout<crypt_data>.alignment
        )
        defer { work.deallocate() }
        work.initializeMemory(as: UInt8.self, repeating: 0, count: size)

        let phrase = (password + [0]).map(CChar.init(bitPattern:))
        let setting = (bytes + [0]).map(CChar.init(bitPattern:))
        guard let found = crypt_rn(phrase, setting, work, Int32(size)) else { return false }
        var difference: UInt8 = 0
        for index in Self.settingLength..<Self.length {
            let byte = UInt8(bitPattern: found[index])
            // A shorter text ends in a zero, and nothing is read behind it.
            guard byte != 0 else { return false }
            difference |= byte ^ bytes[index]
        }
        return difference == 0
    }

    /// The cost in `$2y$10$`.
    private static func cost(ofPrefix prefix: ArraySlice<UInt8>) -> Int? {
        let text = String(decoding: prefix, as: UTF8.self)
        guard ["$2a$", "$2b$", "$2y$"].contains(text.prefix(4)), text.hasSuffix("$") else {
            return nil
        }
        let digits = text.dropFirst(4).dropLast()
        guard digits.utf8.allSatisfy({ (0x30...0x39) ~= $0 }) else { return nil }
        return Int(digits)
    }

    /// bcrypt has its own alphabet of 64 digits.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

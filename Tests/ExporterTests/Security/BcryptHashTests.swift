// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("BcryptHash")
struct BcryptHashTests {
    @Test(
        "the right password matches, another one, its beginning and none do not",
        arguments: [
            ("correct horse", SecurityFixture.hash), ("other", SecurityFixture.otherHash),
            ("pass:wörd", "$2a$05$0123456789abcdefghijkehRlcc4bomwv0Fo9/tYv7vKWnIj6Ao2O"),
            // What exporters hash for users that there are not.
            ("fakepassword", "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"),
        ]
    )
    func matches(password: String, text: String) throws {
        let hash = try BcryptHash(text)
        #expect(hash.matches(Array(password.utf8)))
        for wrong in [password + "x", String(password.dropLast()), "", password.uppercased()] {
            #expect(!hash.matches(Array(wrong.utf8)))
        }
    }

    @Test("a password of 511 bytes is taken, of which 72 count")
    func long() throws {
        let hash = try BcryptHash(SecurityFixture.hash)
        #expect(!hash.matches([UInt8](repeating: 0x61, count: 511)))
    }

    @Test(
        "what is no bcrypt hash is refused",
        arguments: [
            "", "password", "$2b$04$", "$1$abc$def", "$6$salt$hash",
            String(SecurityFixture.hash.dropLast()), SecurityFixture.hash + "i",
            "$2x$04$" + SecurityFixture.hash.dropFirst(7),
            "$2b$+4$" + SecurityFixture.hash.dropFirst(7),
            "$2b$04." + SecurityFixture.hash.dropFirst(7),
            "$2b$04$:" + SecurityFixture.hash.dropFirst(8),
        ]
    )
    func notBcrypt(text: String) {
        #expect(throws: BcryptHash.Problem.notBcrypt) { try BcryptHash(text) }
    }

    @Test("a cost that takes too little or too much time is refused", arguments: [0, 3, 15, 31])
    func cost(cost: Int) {
        let text = "$2b$\(cost < 10 ? "0" : "")\(cost)$" + SecurityFixture.hash.dropFirst(7)
        #expect(throws: BcryptHash.Problem.cost(cost)) { try BcryptHash(text) }
        #expect(BcryptHash.Problem.cost(cost).description.contains("from 4 to 14"))
    }

    @Test("the decoy is a hash of its cost that crypt(3) works on")
    func decoy() throws {
        for cost in [4, 10] {
            #expect(BcryptHash.decoy(cost: cost).cost == cost)
        }
        #expect(!BcryptHash.decoy(cost: 4).matches(Array("correct horse".utf8)))
    }
}

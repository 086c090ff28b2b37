// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("VerdictCache")
struct VerdictCacheTests {
    private func credentials(_ user: String, _ password: String) throws -> BasicCredentials {
        let bytes = Array("\(user):\(password)".utf8)
        return try #require(BasicCredentials(header: "Basic " + base64(bytes)))
    }

    private func key(
        _ cache: VerdictCache,
        _ user: String,
        _ password: String,
        _ hash: String = SecurityFixture.hash
    ) throws -> VerdictCache.Key {
        cache.key(of: try credentials(user, password), for: try BcryptHash(hash))
    }

    @Test("a key stands for a user, a hash and a password, and for nothing else")
    func keys() throws {
        let cache = VerdictCache(maximumCount: 4)
        let keys = [
            try key(cache, "a", "bc"), try key(cache, "ab", "c"), try key(cache, "a", "bd"),
            try key(cache, "a", "bc", SecurityFixture.otherHash),
        ]
        #expect(Set(keys).count == 4)
        #expect(try key(cache, "a", "bc") == keys[0])
        #expect(try key(VerdictCache(maximumCount: 4), "a", "bc") != keys[0])
    }

    @Test("keeps both verdicts")
    func verdicts() throws {
        var cache = VerdictCache(maximumCount: 4)
        let right = try key(cache, "a", "right")
        let wrong = try key(cache, "a", "wrong")
        #expect(cache.verdict(on: right) == nil)
        cache.note(true, on: right)
        cache.note(false, on: wrong)
        #expect(cache.verdict(on: right) == true)
        #expect(cache.verdict(on: wrong) == false)
        #expect(cache.count == 2)
    }

    @Test("is bounded, and wrong ones do not push right ones out")
    func bounded() throws {
        var cache = VerdictCache(maximumCount: 8)
        let right = try key(cache, "a", "right")
        cache.note(true, on: right)
        for number in 0..<1000 {
            cache.note(false, on: try key(cache, "a", "wrong \(number)"))
            #expect(cache.count <= 9)
        }
        #expect(cache.verdict(on: right) == true)
        #expect(try cache.verdict(on: key(cache, "a", "wrong 999")) == false)
    }
}

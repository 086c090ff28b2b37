// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The rates that are asked for, for a while, above the configured one.
///
/// The highest one holds; as requests end, in whatever order, it falls back to that of the others.
package struct RaisedRates: Sendable {
    /// One request's rate, until it ends.
    package struct Token: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private var rates: [Token: SamplingRate] = [:]
    private var begun: UInt64 = 0

    package init() {}

    /// The rate to raise to; nil while nothing is asked for.
    package var highest: SamplingRate? { rates.values.max() }

    /// Begins a request for a rate.
    package mutating func begin(_ rate: SamplingRate) -> Token {
        begun += 1
        let token = Token(number: begun)
        rates[token] = rate
        return token
    }

    /// Ends a request; one that has ended already changes nothing.
    package mutating func end(_ token: Token) { rates[token] = nil }
}

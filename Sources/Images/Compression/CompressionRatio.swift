// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How much packed bytes may grow: what was made to grow without bound is not unpacked.
enum CompressionRatio {
    /// The most bytes that one packed byte may stand for; tables of symbols come to about ten.
    static let limit: UInt64 = 256
    /// What any packed bytes may come to: a short table of zeros packs better than others.
    static let allowedBytes: UInt64 = 64 << 10

    /// Whether packed bytes may come to that many.
    static func admits(_ count: UInt64, from packed: UInt64) -> Bool {
        count <= most(from: packed)
    }

    /// The most bytes that packed ones may come to.
    static func most(from packed: UInt64) -> UInt64 {
        let (product, overflow) = packed.multipliedReportingOverflow(by: limit)
        let (sum, carry) = product.addingReportingOverflow(allowedBytes)
        return overflow || carry ? UInt64.max : sum
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The bytes of a stack with words at offsets, the lowest byte first, and zeroes elsewhere.
func stackBytes(_ words: [UInt64: UInt64], count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    for (offset, word) in words {
        for index in 0..<8 { bytes[Int(offset) + index] = UInt8(word >> (8 * index) & 0xff) }
    }
    return bytes
}

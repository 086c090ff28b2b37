// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How often a thread has left a CPU (proc(5), the last lines of a thread's `status`).
package struct SwitchCounts: Hashable, Sendable {
    /// Left to wait.
    package let voluntary: UInt64
    /// Displaced by another thread.
    package let involuntary: UInt64

    package init(voluntary: UInt64, involuntary: UInt64) {
        self.voluntary = voluntary
        self.involuntary = involuntary
    }

    /// All departures from a CPU.
    package var departures: UInt64 { voluntary &+ involuntary }

    /// Finds the two lines in the bytes of `status`; nil if they are not there.
    ///
    /// Allocates nothing: this is read for each thread that is about to be visited.
    package static func parse(_ bytes: Span<UInt8>) -> SwitchCounts? {
        guard let voluntary = value(after: "\nvoluntary_ctxt_switches:\t", in: bytes),
            let involuntary = value(after: "\nnonvoluntary_ctxt_switches:\t", in: bytes)
        else { return nil }
        return SwitchCounts(voluntary: voluntary, involuntary: involuntary)
    }

    /// Searches from the end, where the lines are.
    private static func value(after key: StaticString, in bytes: Span<UInt8>) -> UInt64? {
        let length = key.utf8CodeUnitCount
        guard bytes.count > length else { return nil }
        var start = bytes.count - length - 1
        while start >= 0 {
            if bytes[start] == 0x0A, matches(key, bytes, at: start) {
                return number(in: bytes, from: start + length)
            }
            start -= 1
        }
        return nil
    }

    private static func matches(_ key: StaticString, _ bytes: Span<UInt8>, at start: Int) -> Bool {
        for offset in 0..<key.utf8CodeUnitCount
        where bytes[start + offset] != key.utf8Start[offset] {
            return false
        }
        return true
    }

    private static func number(in bytes: Span<UInt8>, from start: Int) -> UInt64? {
        var value: UInt64 = 0
        var index = start
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(UInt64(bytes[index] - 0x30))
            if overflowed || carried { return nil }
            value = sum
            index += 1
        }
        return index > start && index < bytes.count ? value : nil
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A span of time of some day as text, such as `09:15:00 to 09:16:00 UTC`.
struct UTCTimeText: Sendable, CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - from: in nanoseconds since 1970 UTC, as `to`.
    ///   - to: the end; parts of seconds are cut off.
    init(from: UInt64, to: UInt64) {
        description = "\(Self.time(from)) to \(Self.time(to)) UTC"
    }

    private static func time(_ nanoseconds: UInt64) -> String {
        // POSIX days have no leap seconds, so each is as long as another.
        let second = nanoseconds / 1_000_000_000 % 86_400
        return [second / 3600, second / 60 % 60, second % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }
            .joined(separator: ":")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A time as HTTP's Date header has it, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
struct HTTPDate: CustomStringConvertible {
    let description: String

    /// - Parameter seconds: since 1970 UTC.
    init(seconds: Int) {
        var seconds = time_t(seconds)
        var parts = tm()
        var buffer = [CChar](repeating: 0, count: 64)
        // The names of days and months are English: this program sets no locale (setlocale(3)).
        guard gmtime_r(&seconds, &parts) != nil else {
            description = ""
            return
        }
        let length = strftime(&buffer, buffer.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        description = String(
            decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }

    /// The time of this host's clock.
    static var now: HTTPDate { HTTPDate(seconds: time(nil)) }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc

/// The clock on the wall.
enum RealTime {
    /// Nanoseconds since 1970 UTC.
    static var nanoseconds: UInt64 { cptrace_now(Int32(CLOCK_REALTIME)) }
}

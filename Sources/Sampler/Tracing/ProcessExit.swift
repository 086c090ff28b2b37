// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How a process or a thread ended.
package enum ProcessExit: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)

    /// What a shell makes of it.
    package var shellCode: Int32 {
        switch self {
        case .code(let code): code
        case .signal(let signal): 128 + signal
        }
    }
}

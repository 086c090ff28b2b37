// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A function at an address, and where in its source the address is.
package struct SourceFrame: Hashable, Sendable {
    /// The name as its language writes it; empty where it is not known.
    package var name = ""
    /// The name as the linker knows it; the same where it is not mangled.
    package var systemName = ""
    /// The source file; empty where it is not known.
    package var file = ""
    /// 0 where it is not known.
    package var line: UInt32 = 0
}

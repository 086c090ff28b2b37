// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What rules can tell one process from another by.
///
/// A fact that can't be read is empty, and no pattern matches it but one that matches anything.
package struct ProcessDescription: Hashable, Sendable {
    /// The name that the kernel keeps, at most 15 bytes.
    package var command = ""
    /// The path of the program's file; the name it was called by where that can't be read.
    package var executable = ""
    package var commandLine = ""
    /// The user's name, or its number where it has none.
    package var user = ""
    /// The systemd unit.
    package var unit = ""
    package var controlGroup = ""
    /// The container's whole id.
    package var container = ""
    /// The Kubernetes pod's UID.
    package var pod = ""

    package init() {}

    /// The program's file without its directories.
    package var executableBase: String {
        String(executable.split(separator: "/").last ?? Substring(executable))
    }
}

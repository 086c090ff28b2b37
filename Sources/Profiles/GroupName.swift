// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What a process is counted under: its service, its container, its own name or a given one.
package enum GroupName: Hashable, Sendable {
    /// A systemd unit with its ending: `nginx.service`.
    case systemdUnit(String)

    /// A container's short id: 12 hexadecimal digits, as `docker ps` shows.
    case container(String)

    /// The name that the kernel keeps of the process (`comm`, at most 15 bytes).
    case command(String)

    /// The name that an operator's rule gives.
    case configured(String)

    /// The name alone, as it was given: not cleaned for any format.
    package var text: String {
        switch self {
        case .systemdUnit(let name), .container(let name), .command(let name),
            .configured(let name):
            name
        }
    }
}

extension GroupName {
    /// The name as a label value, by which series are told apart; two names can come to one.
    package var label: String { LabelValue(sanitising: text).text }
}

extension GroupName: CustomStringConvertible {
    package var description: String { text }
}

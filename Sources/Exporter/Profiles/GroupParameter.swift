// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// The group that a request names.
enum GroupParameter {
    static let name = "group"

    /// The group; nil if none is named, which means all.
    static func group(
        in parameters: QueryParameters
    ) throws(ProfileQueryProblem) -> String? {
        guard let group = parameters[name] else { return nil }
        guard isGood(group) else { throw .badGroup }
        return group
    }

    /// Whether a group of this name could be sampled, and the name can do no harm in a log, on a
    /// page or in a query of a database.
    static func isGood(_ name: String) -> Bool {
        !name.isEmpty
            // What is the same after sanitising is short enough and has no controls.
            && LabelValue(sanitising: name).text == name
            && !name.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    }
}

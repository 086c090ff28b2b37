// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Exporter
import Profiles

/// What a difference can be written as.
enum DiffFormat: String, CaseIterable, ExpressibleByArgument {
    /// A table of functions.
    case text
    /// One page with a flame graph of what changed.
    case html

    /// The format that the ending of a file's name stands for; text for the standard output.
    init?(path: String) {
        if path == "-" || path.hasSuffix(".txt") {
            self = .text
        } else if path.hasSuffix(".html") || path.hasSuffix(".htm") {
            self = .html
        } else {
            return nil
        }
    }

    /// The bytes of a difference in this format.
    ///
    /// - Parameter maximumRows: most functions of a text table; nil for its usual number.
    func encode(_ comparison: ProfileComparison, maximumRows: Int?) -> [UInt8] {
        switch self {
        case .text: DiffTextFormat.encode(comparison, maximumRows: maximumRows ?? 1000)
        case .html: DiffPage.encode(comparison)
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension StackEnd {
    /// The end that a title stands for, as `title` writes it; nil for any other text.
    package init?(title: String) {
        guard title.hasPrefix("["), title.hasSuffix("]") else { return nil }
        let text = title.dropFirst().dropLast()
        if let reason = Self.reason(of: text, after: "truncated: ") {
            guard let truncation = StackTruncation(rawValue: reason) else { return nil }
            self = .truncated(truncation)
        } else if let reason = Self.reason(of: text, after: "broken: ") {
            guard let cause = StackBreak(rawValue: reason) else { return nil }
            self = .broken(cause)
        } else {
            return nil
        }
    }

    private static func reason(of text: Substring, after prefix: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }
}

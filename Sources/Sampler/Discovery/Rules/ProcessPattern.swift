// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Which processes a rule is about.
///
/// Each part that is given must match. Of the names in one part any may match; of the expressions
/// for the command line all must, as in process-exporter's configuration. A pattern without parts
/// matches nothing.
package struct ProcessPattern: Hashable, Sendable {
    /// Names that the kernel keeps; longer ones are cut as it cuts them.
    package var commands: [String] = []
    /// With a slash the whole path of the program, without one its last part.
    package var executables: [String] = []
    /// Regular expressions, found anywhere in the arguments with a blank between them.
    package var commandLines: [RegularExpression] = []
    /// Regular expressions for the path of the control group; any may match.
    package var controlGroups: [RegularExpression] = []
    /// Shell patterns (fnmatch(3)).
    package var users: [String] = []
    package var units: [String] = []
    package var containers: [String] = []
    package var pods: [String] = []

    package init() {}

    /// Whether it has no part.
    package var isEmpty: Bool { self == ProcessPattern() }
}

/// The text of a regular expression that has been tried.
package struct RegularExpression: Hashable, Sendable {
    package let text: String

    /// - Throws: `Malformed`, with what is wrong about the text.
    package init(_ text: String) throws(Malformed) {
        self.text = text
        _ = try compiled()
    }

    package struct Malformed: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// The expression itself, which can't be handed from one actor to another.
    func compiled() throws(Malformed) -> Regex<AnyRegexOutput> {
        do {
            return try Regex(text).matchingSemantics(.unicodeScalar)
        } catch {
            throw Malformed(description: "'\(text)' is no regular expression: \(error)")
        }
    }
}

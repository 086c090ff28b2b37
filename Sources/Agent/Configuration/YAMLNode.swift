// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// A value of a YAML file and the line that it begins on, counted from 1.
struct YAMLNode: Equatable, Sendable {
    enum Value: Equatable, Sendable {
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    let value: Value
    let line: Int

    /// What it is, for a message.
    var kind: String {
        switch value {
        case .scalar(let text): text.isEmpty ? "nothing" : "'\(text)'"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// A key without a value, as `budget:` alone.
    var isEmpty: Bool { value == .scalar("") }
}

/// One key of a mapping.
struct YAMLEntry: Equatable, Sendable {
    let key: String
    let line: Int
    let node: YAMLNode
}

/// What is wrong about a configuration file, and where.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// Counted from 1; 0 where the file as a whole is meant.
    let line: Int
    let message: String

    init(_ line: Int, _ message: String) {
        self.line = line
        self.message = message
    }

    var description: String { line > 0 ? "line \(line): \(message)" : message }
}

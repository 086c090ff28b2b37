// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The keys of one mapping, of which all must be known.
struct ConfigurationMapping {
    private let entries: [String: YAMLNode]
    /// Where it stands in the file, for messages; empty at the top.
    private let place: String

    /// - Parameter known: the keys that there may be.
    init(
        _ node: YAMLNode,
        at place: String,
        known: [String]
    ) throws(ConfigurationError) {
        self.place = place
        if node.isEmpty {
            entries = [:]
            return
        }
        guard case .mapping(let found) = node.value else {
            throw ConfigurationError(
                node.line,
                "\(place.isEmpty ? "the file" : place) must be a mapping, and is \(node.kind)"
            )
        }
        var entries: [String: YAMLNode] = [:]
        for entry in found {
            guard known.contains(entry.key) else {
                throw ConfigurationError(
                    entry.line,
                    "'\(entry.key)' is not known\(place.isEmpty ? "" : " in \(place)")"
                        + "; known are \(known.joined(separator: ", "))"
                )
            }
            entries[entry.key] = entry.node
        }
        self.entries = entries
    }

    /// The value under a key; nil where it is missing or empty.
    func node(_ key: String) -> YAMLNode? {
        guard let node = entries[key], !node.isEmpty else { return nil }
        return node
    }

    func text(_ key: String) throws(ConfigurationError) -> String? {
        guard let node = node(key) else { return nil }
        return try Self.text(node, key)
    }

    /// A list of texts; one text alone is a list of one.
    func texts(_ key: String) throws(ConfigurationError) -> [YAMLText] {
        guard let node = node(key) else { return [] }
        guard case .sequence(let nodes) = node.value else {
            return [YAMLText(text: try Self.text(node, key), line: node.line)]
        }
        var texts: [YAMLText] = []
        for node in nodes {
            texts.append(YAMLText(text: try Self.text(node, key), line: node.line))
        }
        return texts
    }

    func list(_ key: String) throws(ConfigurationError) -> [YAMLNode] {
        guard let node = node(key) else { return [] }
        guard case .sequence(let nodes) = node.value else {
            throw ConfigurationError(node.line, "\(key) must be a list, and is \(node.kind)")
        }
        return nodes
    }

    func flag(_ key: String) throws(ConfigurationError) -> Bool? {
        guard let node = node(key) else { return nil }
        switch try Self.text(node, key) {
        case "true": return true
        case "false": return false
        default:
            throw ConfigurationError(node.line, "\(key) must be true or false, not \(node.kind)")
        }
    }

    /// A number, with or without one of the endings behind it.
    ///
    /// - Parameter endings: what may follow, and how many of the unit asked for it is.
    func number(
        _ key: String,
        in range: ClosedRange<Double>,
        endings: [(text: String, factor: Double)],
        example: String
    ) throws(ConfigurationError) -> Double? {
        guard let node = node(key) else { return nil }
        let text = try Self.text(node, key)
        for ending in endings where text.hasSuffix(ending.text) {
            let digits = text.dropLast(ending.text.count)
            if let number = Double(digits), range.contains(number * ending.factor) {
                return number * ending.factor
            }
        }
        throw ConfigurationError(
            node.line,
            "\(key) must be like \(example), from \(range.lowerBound) to \(range.upperBound)"
                + ", and is \(node.kind)"
        )
    }

    private static func text(
        _ node: YAMLNode,
        _ key: String
    ) throws(ConfigurationError) -> String {
        guard case .scalar(let text) = node.value else {
            throw ConfigurationError(node.line, "\(key) must be text, and is \(node.kind)")
        }
        return text
    }
}

/// A text and the line that it stands on.
struct YAMLText {
    let text: String
    let line: Int
}

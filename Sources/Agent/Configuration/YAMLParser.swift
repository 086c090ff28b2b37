// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CYaml
import Glibc

/// Reads one YAML document by libyaml's events.
///
/// A configuration has no need of aliases, which can make a small file a huge value, nor of more
/// than one document: both are errors.
struct YAMLParser: ~Copyable {
    static let maximumDepth = 16
    static let maximumNodes = 20_000

    // The library keeps pointers to it, so it has a place of its own.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private var nodeCount = 0

    private init?() {
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The value of a document; an empty one is an empty mapping.
    static func parse(_ bytes: [UInt8]) throws(ConfigurationError) -> YAMLNode {
        guard var parser = YAMLParser() else { throw ConfigurationError(0, "out of memory") }
        // A typed throw doesn't pass through the library's closure, so the outcome does.
        let outcome: Result<YAMLNode, ConfigurationError> = bytes.withUnsafeBufferPointer {
            buffer in
            parser.read(buffer)
        }
        return try outcome.get()
    }

    private mutating func read(
        _ buffer: UnsafeBufferPointer<UInt8>
    ) -> Result<YAMLNode, ConfigurationError> {
        yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
        do throws(ConfigurationError) {
            return .success(try document())
        } catch {
            return .failure(error)
        }
    }

    private mutating func document() throws(ConfigurationError) -> YAMLNode {
        _ = try next()
        let start = try next()
        guard case .documentStart = start.kind else {
            return YAMLNode(value: .mapping([]), line: 1)
        }
        let node = try self.node(from: try next(), depth: 0)
        _ = try next()
        let end = try next()
        guard case .streamEnd = end.kind else {
            throw ConfigurationError(end.line, "a second document begins; there must be one")
        }
        return node.isEmpty ? YAMLNode(value: .mapping([]), line: node.line) : node
    }

    private mutating func node(
        from event: Event,
        depth: Int
    ) throws(ConfigurationError) -> YAMLNode {
        nodeCount += 1
        guard depth < Self.maximumDepth, nodeCount <= Self.maximumNodes else {
            throw ConfigurationError(
                event.line,
                "too much: at most \(Self.maximumDepth) levels and \(Self.maximumNodes) values"
            )
        }
        switch event.kind {
        case .scalar(let text): return YAMLNode(value: .scalar(text), line: event.line)
        case .sequenceStart:
            var nodes: [YAMLNode] = []
            while true {
                let event = try next()
                if case .end = event.kind { break }
                nodes.append(try node(from: event, depth: depth + 1))
            }
            return YAMLNode(value: .sequence(nodes), line: event.line)
        case .mappingStart:
            return YAMLNode(value: .mapping(try entries(depth: depth)), line: event.line)
        case .alias:
            throw ConfigurationError(event.line, "aliases (*name) are not read here; write it out")
        case .documentStart, .streamEnd, .end, .other:
            throw ConfigurationError(event.line, "a value is missing")
        }
    }

    private mutating func entries(depth: Int) throws(ConfigurationError) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var seen: Set<String> = []
        while true {
            let event = try next()
            if case .end = event.kind { return entries }
            guard case .scalar(let key) = event.kind else {
                throw ConfigurationError(event.line, "a key must be plain text")
            }
            guard seen.insert(key).inserted else {
                throw ConfigurationError(event.line, "'\(key)' is there twice")
            }
            let node = try self.node(from: try next(), depth: depth + 1)
            entries.append(YAMLEntry(key: key, line: event.line, node: node))
        }
    }

    private struct Event {
        enum Kind {
            case documentStart, streamEnd, sequenceStart, mappingStart, end, alias, other
            case scalar(String)
        }

        let kind: Kind
        let line: Int
    }

    private mutating func next() throws(ConfigurationError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        let kind: Event.Kind =
            switch event.type {
            case YAML_DOCUMENT_START_EVENT: .documentStart
            case YAML_STREAM_END_EVENT: .streamEnd
            case YAML_SEQUENCE_START_EVENT: .sequenceStart
            case YAML_MAPPING_START_EVENT: .mappingStart
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .end
            case YAML_ALIAS_EVENT: .alias
            case YAML_SCALAR_EVENT:
                .scalar(
                    String(
                        decoding: UnsafeBufferPointer(
                            start: event.data.scalar.value,
                            count: event.data.scalar.length
                        ),
                        as: UTF8.self
                    )
                )
            default: .other
            }
        return Event(kind: kind, line: Int(event.start_mark.line) + 1)
    }

    private var failure: ConfigurationError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not readable as YAML"
        return ConfigurationError(Int(parser.pointee.problem_mark.line) + 1, problem)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a group, with places for what is known of the process: `{{.Comm}}-{{.Username}}`.
///
/// The places are process-exporter's, but for those that would make a group of each process
/// (`{{.PID}}`, `{{.StartTime}}`), and some more.
package struct GroupTemplate: Hashable, Sendable {
    package enum Problem: Error, Equatable {
        case empty
        case unclosed
        case unknownField(String)
        /// It differs for each process, so that no group would outlive a restart.
        case perProcess(String)
    }

    private enum Part: Hashable {
        case text(String)
        case field(Field)
        /// What a named group of a `cmdline` expression matched.
        case match(String)
    }

    private enum Field: String, CaseIterable {
        case command = "Comm"
        case executableBase = "ExeBase"
        case executable = "ExeFull"
        case user = "Username"
        case controlGroup = "Cgroups"
        case unit = "Unit"
        case container = "ContainerID"
        case pod = "PodUID"
    }

    /// The names of the fields that there are.
    package static let fields = Field.allCases.map { "{{.\($0.rawValue)}}" } + ["{{.Matches.NAME}}"]

    private let parts: [Part]

    /// Reads a template.
    package init(_ text: String) throws(Problem) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex {
                parts.append(.text(String(rest[..<open.lowerBound])))
            }
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw .unclosed
            }
            parts.append(try Self.part(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard !parts.isEmpty else { throw .empty }
        self.parts = parts
    }

    private static func part(_ inside: Substring) throws(Problem) -> Part {
        let name = inside.filter { $0 != " " }
        guard name.hasPrefix(".") else { throw .unknownField("{{\(inside)}}") }
        let field = String(name.dropFirst())
        if field == "PID" || field == "StartTime" { throw .perProcess("{{.\(field)}}") }
        if field.hasPrefix("Matches.") { return .match(String(field.dropFirst(8))) }
        guard let known = Field(rawValue: field) else { throw .unknownField("{{.\(field)}}") }
        return .field(known)
    }

    /// The name for a process; its command where that would be empty.
    ///
    /// - Parameter matches: what the named groups of the rule's expressions matched.
    package func name(
        of process: ProcessDescription,
        matches: [String: String] = [:]
    ) -> String {
        let name = parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let field): Self.value(field, of: process)
            case .match(let name): matches[name] ?? ""
            }
        }
        .joined()
        return name.isEmpty ? process.command : name
    }

    private static func value(_ field: Field, of process: ProcessDescription) -> String {
        switch field {
        case .command: process.command
        case .executableBase: process.executableBase
        case .executable: process.executable
        case .user: process.user
        case .controlGroup: process.controlGroup
        case .unit: process.unit
        case .container: String(process.container.prefix(12))
        case .pod: process.pod
        }
    }
}

extension GroupTemplate.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "a name must not be empty"
        case .unclosed: "'{{' without '}}'"
        case .unknownField(let field):
            "\(field) is not known; known are \(GroupTemplate.fields.joined(separator: ", "))"
        case .perProcess(let field):
            "\(field) would make a group of each process; leave it out"
        }
    }
}

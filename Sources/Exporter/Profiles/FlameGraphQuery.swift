// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a request to `/flamegraph` asks for.
struct FlameGraphQuery: Equatable, Sendable {
    static let parameters = SpanParameters.names.union([GroupParameter.name, "kind", "format"])

    /// How much of what is kept is shown where the request says no time.
    static let standardNanoseconds: UInt64 = 60_000_000_000

    let request: ProfileRequest
    let format: FlameGraphFormat

    init(
        _ parameters: QueryParameters,
        times: SpanParameters
    ) throws(ProfileQueryProblem) {
        let from = times.now - min(times.now, Self.standardNanoseconds)
        request = ProfileRequest(
            kind: try Self.choice("kind", in: parameters) ?? .cpu,
            group: try GroupParameter.group(in: parameters),
            span: try times.span(in: parameters) ?? .past(from: from, to: times.now)
        )
        format = try Self.choice("format", in: parameters) ?? .html
    }

    private static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String,
        in parameters: QueryParameters
    ) throws(ProfileQueryProblem) -> Choice? {
        guard let text = parameters[name] else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badChoice(parameter: name, choices: choices)
        }
        return choice
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a request to `/flamegraph` asks for.
struct FlameGraphQuery: Equatable, Sendable {
    static let parameters = SpanParameters.names
        .union(SpanParameters.baseNames)
        .union([GroupParameter.name, "kind", "format"])

    /// How much of what is kept is shown where the request says no time.
    static let standardNanoseconds: UInt64 = 60_000_000_000

    let request: ProfileRequest
    /// What it is compared with; nil where nothing is compared.
    let base: ProfileRequest?
    let format: FlameGraphFormat
    /// Whether the time was said from now, so that asked again it is another one.
    let isMoving: Bool
    /// How long the time is, if it lasts until now.
    let lastNanoseconds: UInt64?
    /// How long ago the base began.
    let baseAgoNanoseconds: UInt64?

    init(
        _ parameters: QueryParameters,
        times: SpanParameters
    ) throws(ProfileQueryProblem) {
        let from = times.now - min(times.now, Self.standardNanoseconds)
        let request = ProfileRequest(
            kind: try Self.choice("kind", in: parameters) ?? .cpu,
            group: try Self.group(in: parameters),
            span: try times.span(in: parameters) ?? .past(from: from, to: times.now)
        )
        self.request = request
        format = try Self.choice("format", in: parameters) ?? .html
        base = try times.base(of: request.span, in: parameters).map { span in
            ProfileRequest(kind: request.kind, group: request.group, span: span)
        }
        if base != nil, !FlameGraphFormat.comparing.contains(format) {
            let choices = FlameGraphFormat.comparing.map(\.rawValue).joined(separator: ", ")
            throw .badChoice(parameter: "format", choices: "\(choices), as comparisons have")
        }
        isMoving = parameters["from"] == nil
        if isMoving, case .past(let from, times.now) = request.span {
            lastNanoseconds = times.now - from
        } else {
            lastNanoseconds = nil
        }
        if case .past(let from, _) = base?.span {
            baseAgoNanoseconds = times.now - min(from, times.now)
        } else {
            baseAgoNanoseconds = nil
        }
    }

    /// The group; a form sends an empty one for all.
    private static func group(in parameters: QueryParameters) throws(ProfileQueryProblem) -> String?
    {
        guard parameters[GroupParameter.name] != "" else { return nil }
        return try GroupParameter.group(in: parameters)
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

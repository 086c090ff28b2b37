// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What a request to `/debug/pprof/profile` or `/debug/pprof/wall` asks for.
struct ProfileQuery: Equatable, Sendable {
    static let parameters = SpanParameters.names.union([GroupParameter.name, "debug", "labels"])

    /// What samples may be told apart by.
    ///
    /// Readers make series of the texts, so these are the ones that there are few of.
    private static let labels: [PprofFormat.Label] = [.group, .threadName, .process]

    let request: ProfileRequest
    let labels: Set<PprofFormat.Label>
    /// Whether a table is asked for, and not a message.
    let isText: Bool

    init(
        _ parameters: QueryParameters,
        kind: Profile.Kind,
        times: SpanParameters
    ) throws(ProfileQueryProblem) {
        let span = try times.span(in: parameters)
        let seconds = try times.seconds(in: parameters)
        request = ProfileRequest(
            kind: kind,
            group: try GroupParameter.group(in: parameters),
            span: span ?? .coming(seconds: seconds)
        )
        switch parameters["debug"] {
        case nil, "0": isText = false
        case "1": isText = true
        default: throw .badChoice(parameter: "debug", choices: "0, 1")
        }
        guard let list = parameters["labels"] else {
            labels = [.group]
            return
        }
        if isText { throw .contradiction("labels", "debug") }
        var chosen: Set<PprofFormat.Label> = []
        let names = list.isEmpty ? [] : list.split(separator: ",", omittingEmptySubsequences: false)
        for name in names {
            guard let label = Self.labels.first(where: { $0.rawValue == name }) else {
                let choices = Self.labels.map(\.rawValue).joined(separator: ", ")
                throw .badChoice(parameter: "labels", choices: choices)
            }
            chosen.insert(label)
        }
        labels = chosen
    }
}

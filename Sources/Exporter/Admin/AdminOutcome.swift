// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// What became of a request to the admin socket: a closed set of label values.
package enum AdminOutcome: CaseIterable, Hashable, Sendable {
    case served
    /// The request itself is wrong, or asks for more than there may be.
    case malformed
    /// Who asks may not have this.
    case notPermitted
    case notFound
    /// It is never sampled, or not now: protected, excluded by a rule, traced by another program.
    case excluded
    case busy
    /// The client has gone, or the agent ends.
    case cancelled
    case failed

    package var label: StaticString {
        switch self {
        case .served: "served"
        case .malformed: "malformed"
        case .notPermitted: "not_permitted"
        case .notFound: "not_found"
        case .excluded: "excluded"
        case .busy: "busy"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }

    /// The status of the answer, which differs for each that a client gets.
    var status: HTTPResponse.Status {
        switch self {
        case .served: .ok
        case .malformed: .badRequest
        case .notPermitted: .forbidden
        case .notFound: .notFound
        case .excluded: .conflict
        case .busy: .tooManyRequests
        case .cancelled: .serviceUnavailable
        case .failed: .internalServerError
        }
    }

    /// What an answer's status says; nil for one that the agent does not give.
    package init?(status: Int) {
        guard let outcome = Self.allCases.first(where: { $0.status.code == status }) else {
            return nil
        }
        self = outcome
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging

/// What a web configuration says about a request, before anything else is looked at.
struct WebAccess: Sendable {
    /// Why the request is not answered; nil if it may be.
    let refusal: Refusal?

    /// Headers for the answer, whatever it is.
    let headers: HTTPFields

    /// Asks whether a request may be answered: the rate first, for to check a password takes time.
    ///
    /// - Parameter source: nil for no web configuration, which lets everybody in.
    static func of(
        _ request: Request,
        to source: WebSecuritySource?,
        logger: Logger
    ) async -> WebAccess {
        guard let source else { return WebAccess(refusal: nil, headers: [:]) }
        let loaded = source.current(logger: logger)
        return WebAccess(
            refusal: await refusal(of: request, by: loaded),
            headers: loaded.headers
        )
    }

    private static func refusal(
        of request: Request,
        by loaded: LoadedSecurity
    ) async -> Refusal? {
        guard loaded.admits(at: .now) else {
            return Refusal(
                .tooManyRequests,
                .rate,
                "too many requests; try again later",
                headers: [.retryAfter: "1"]
            )
        }
        guard let authentication = loaded.authentication else { return nil }
        switch await authentication.decide(on: request.headers[.authorization]) {
        case .allowed: return nil
        case .denied:
            return Refusal(
                .unauthorized,
                .credentials,
                "a user and a password are needed",
                headers: [.wwwAuthenticate: "Basic"]
            )
        case .busy:
            return Refusal(
                .serviceUnavailable,
                .busy,
                "too many passwords wait for their check; try again later",
                headers: [.retryAfter: "1"]
            )
        }
    }
}

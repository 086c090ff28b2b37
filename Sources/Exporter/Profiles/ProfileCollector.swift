// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
internal import Profiles

/// Gets profiles for requests: a few at a time, and only while somebody waits for them.
struct ProfileCollector: Sendable {
    private let source: ProfileSource
    private let limit: ConcurrencyLimit
    private let maximumCount: Int
    private let usage: WebUsageCounter

    init(source: ProfileSource, maximumCount: Int, usage: WebUsageCounter) {
        self.source = source
        self.maximumCount = maximumCount
        self.usage = usage
        limit = ConcurrencyLimit(maximumCount)
    }

    /// The answer to a request that was found good.
    ///
    /// - Parameter encode: makes the answer of the profile.
    func respond(
        to request: WebRequest,
        at endpoint: ProfileEndpoint,
        asking asked: ProfileRequest,
        encode: @escaping @Sendable (Profile) throws(PprofFormat.Failure) -> Response
    ) async -> Response {
        let started = ContinuousClock.now
        let outcome = await limit.run {
            usage.beginProfile()
            defer { usage.endProfile() }
            return await request.hangUp.cancelling { await answer(asked, encode) }
        }
        guard let outcome else {
            usage.count(.busy)
            return .plainText(
                .serviceUnavailable,
                "\(maximumCount) profiles are in progress; try again later",
                headers: [.retryAfter: "5"]
            )
        }
        if let profile = outcome.profile {
            request.logger.notice(
                "Profile served",
                metadata: [
                    "peer": "\(request.peer ?? "unknown")", "path": "\(endpoint.path)",
                    "group": "\(asked.group ?? "all")",
                    "seconds": "\(FixedDecimal.seconds(profile.durationNanoseconds))",
                    "bytes": "\(outcome.response.body.contentLength ?? 0)",
                    "duration": "\(started.duration(to: .now))",
                ]
            )
        }
        return outcome.response
    }

    private struct Outcome: Sendable {
        let response: Response
        /// What was served; nil for an error.
        var profile: Profile?
    }

    private func answer(
        _ asked: ProfileRequest,
        _ encode: @Sendable (Profile) throws(PprofFormat.Failure) -> Response
    ) async -> Outcome {
        if case .past(_, let to) = asked.span, let oldest = await source.oldest(), to <= oldest {
            return Outcome(response: .plainText(.notFound, "nothing is kept of that time"))
        }
        switch await source.profile(asked) {
        case .profile(let profile):
            do throws(PprofFormat.Failure) {
                return Outcome(response: try encode(profile), profile: profile)
            } catch {
                return Outcome(response: .plainText(.internalServerError, error.message))
            }
        case .unknownGroup:
            return Outcome(
                response: .plainText(.notFound, "no such group is or was sampled in that time")
            )
        case .unavailable(let reason):
            let reason = VisibleText(replacingControlsIn: reason)
            return Outcome(response: .plainText(.serviceUnavailable, "no profile: \(reason)"))
        }
    }
}

extension PprofFormat.Failure {
    fileprivate var message: String {
        switch self {
        case .tooLarge: "the profile is too large for this format"
        case .noMemory: "no memory is left to compress the profile"
        }
    }
}

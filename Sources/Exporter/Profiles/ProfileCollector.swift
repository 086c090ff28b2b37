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
    /// - Parameters:
    ///   - base: what it is compared with; nil where nothing is.
    ///   - encode: makes the answer of the profile and of the base's.
    func respond(
        to request: WebRequest,
        at endpoint: ProfileEndpoint,
        asking asked: ProfileRequest,
        base: ProfileRequest? = nil,
        encode: @escaping @Sendable (Profile, Profile?) throws(PprofFormat.Failure) -> Response
    ) async -> Response {
        let started = ContinuousClock.now
        let outcome = await limit.run {
            usage.beginProfile()
            defer { usage.endProfile() }
            return await request.hangUp.cancelling { await answer(asked, base, encode) }
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
            var metadata: Logger.Metadata = [
                "peer": "\(request.peer ?? "unknown")", "path": "\(endpoint.path)",
                "group": "\(asked.group ?? "all")",
                "seconds": "\(FixedDecimal.seconds(profile.durationNanoseconds))",
                "bytes": "\(outcome.response.body.contentLength ?? 0)",
                "duration": "\(started.duration(to: .now))",
            ]
            if case .past(let from, let to) = base?.span {
                metadata["base"] = "\(UTCTimeText(from: from, to: to))"
            }
            request.logger.notice("Profile served", metadata: metadata)
        }
        return outcome.response
    }

    private struct Outcome: Sendable {
        let response: Response
        /// What was served; nil for an error.
        var profile: Profile?
    }

    /// A profile, or why there is none.
    private enum Found {
        case profile(Profile)
        case none(HTTPResponse.Status, String)
    }

    private func answer(
        _ asked: ProfileRequest,
        _ base: ProfileRequest?,
        _ encode: @Sendable (Profile, Profile?) throws(PprofFormat.Failure) -> Response
    ) async -> Outcome {
        var baseProfile: Profile?
        // At once, and before the other one is waited for, since what is kept gets less.
        if let base {
            switch await weighty(base, called: "base") {
            case .profile(let found): baseProfile = found
            case .none(let status, let reason):
                return Outcome(response: .plainText(status, reason))
            }
        }
        let found =
            base == nil ? await find(asked) : await weighty(asked, called: "time compared with it")
        switch found {
        case .profile(let profile):
            do throws(PprofFormat.Failure) {
                return Outcome(response: try encode(profile, baseProfile), profile: profile)
            } catch {
                return Outcome(response: .plainText(.internalServerError, error.message))
            }
        case .none(let status, let reason):
            return Outcome(response: .plainText(status, reason))
        }
    }

    /// A side of a comparison, which has to weigh something; what is said names the side.
    private func weighty(_ asked: ProfileRequest, called name: String) async -> Found {
        let times =
            switch asked.span {
            case .past(let from, let to): " (\(UTCTimeText(from: from, to: to)))"
            case .coming: ""
            }
        switch await find(asked) {
        case .profile(let profile) where profile.weight.nanoseconds == 0:
            return .none(.notFound, "the \(name)\(times): nothing was sampled in that time")
        case .profile(let profile):
            return .profile(profile)
        case .none(let status, let reason):
            return .none(status, "the \(name)\(times): \(reason)")
        }
    }

    private func find(_ asked: ProfileRequest) async -> Found {
        if case .past(_, let to) = asked.span, let oldest = await source.oldest(), to <= oldest {
            return .none(.notFound, "nothing is kept of that time")
        }
        switch await source.profile(asked) {
        case .profile(let profile):
            return .profile(profile)
        case .unknownGroup:
            return .none(.notFound, "no such group is or was sampled in that time")
        case .unavailable(let reason):
            let reason = VisibleText(replacingControlsIn: reason)
            return .none(.serviceUnavailable, "no profile: \(reason)")
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

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Hummingbird
import Logging
import Profiles
import Synchronization

/// Answers requests that came through the admin socket, and writes a line about each.
///
/// One path, one method, no body: what may be asked is all in the query.
package struct AdminResponder: HTTPResponder {
    let source: AdminSource
    let usage: AdminUsageCounter
    let hangUps: HangUps
    let maximumSeconds: Int
    let maximumCount: Int
    private let limit: ConcurrencyLimit
    private let bucket = Flood()

    /// Anybody on the host can connect, and each request is a line in the log.
    private final class Flood: Sendable {
        private let bucket = Mutex(
            TokenBucket(RateLimit(interval: .milliseconds(250), burst: 40))
        )

        func admits() -> Bool { bucket.withLock { $0.take(at: .now) } }
    }

    init(
        source: @escaping AdminSource,
        usage: AdminUsageCounter,
        hangUps: HangUps,
        maximumSeconds: Int,
        maximumCount: Int
    ) {
        self.source = source
        self.usage = usage
        self.hangUps = hangUps
        self.maximumSeconds = maximumSeconds
        self.maximumCount = maximumCount
        limit = ConcurrencyLimit(maximumCount)
    }

    package func respond(
        to request: Request,
        context: WebRequestContext
    ) async throws -> Response {
        guard bucket.admits() else {
            usage.count(.busy)
            return Self.refusal(.busy, "too many requests; try again later")
        }
        let started = ContinuousClock.now
        let peer = await PeerCredentials.of(context.channel)
        let (outcome, asked, response) = await answer(request, peer, context)
        usage.count(outcome)
        var metadata: Logger.Metadata = [
            "uid": "\(peer.map { String($0.user) } ?? "unknown")",
            "pid": "\(peer.map { String($0.process) } ?? "unknown")",
            "outcome": "\(outcome.label)",
            "duration": "\(started.duration(to: .now))",
        ]
        if let asked {
            metadata["target"] = "\(VisibleText(replacingControlsIn: asked.title))"
            metadata["seconds"] = "\(asked.seconds.map { "\($0)" } ?? "usual")"
            metadata["rate"] = "\(asked.rate.map { "\($0.hertz)" } ?? "usual")"
        }
        context.logger.notice("Admin request", metadata: metadata)
        return response
    }

    private func answer(
        _ request: Request,
        _ peer: PeerCredentials?,
        _ context: WebRequestContext
    ) async -> (AdminOutcome, AdminRequest?, Response) {
        func refuse(
            _ outcome: AdminOutcome,
            _ line: String,
            _ asked: AdminRequest? = nil
        ) -> (AdminOutcome, AdminRequest?, Response) {
            (outcome, asked, Self.refusal(outcome, line))
        }
        guard let peer else { return refuse(.notPermitted, "the kernel does not say who asks") }
        guard request.uri.path == AdminRequest.path, request.method == .post else {
            return refuse(.malformed, "only POST \(AdminRequest.path) is answered")
        }
        let asked: AdminRequest
        do {
            let parameters = try QueryParameters(
                parsing: request.uri.query,
                allowed: AdminRequest.parameters
            )
            asked = try AdminRequest(parameters, maximumSeconds: maximumSeconds)
        } catch {
            return refuse(.malformed, "\(error)")
        }
        let answer = await limit.run {
            usage.begin()
            defer { usage.end() }
            return await hangUps.hangUp(of: context.channel).cancelling {
                await source(asked, peer)
            }
        }
        switch answer {
        case .profile(let profile)?:
            do throws(PprofFormat.Failure) {
                return (.served, asked, try Self.response(profile))
            } catch {
                return refuse(.failed, "the profile is too large to be sent", asked)
            }
        case .refused(let outcome, let line)?: return refuse(outcome, line, asked)
        case nil:
            let line = "\(maximumCount) recordings are in progress; try again later"
            return refuse(.busy, line, asked)
        }
    }

    /// A profile with all that is in it: the client writes it in the format that it likes.
    static func response(_ profile: Profile) throws(PprofFormat.Failure) -> Response {
        var limits = PprofFormat.Limits()
        limits.samples = .max
        limits.depth = .max
        let bytes = try PprofFormat.encode(
            profile,
            labels: Set(PprofFormat.Label.allCases),
            limits: limits
        )
        return .bytes(.ok, bytes, contentType: "application/octet-stream")
    }

    private static func refusal(_ outcome: AdminOutcome, _ line: String) -> Response {
        .plainText(outcome.status, "\(VisibleText(replacingControlsIn: line))")
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
internal import Profiles

/// Answers the pages that give profiles.
struct ProfileHandler: Sendable {
    private let collector: ProfileCollector
    private let groups: @Sendable () async -> [ProfiledGroup]
    private let maximumSeconds: Int
    /// In nanoseconds since 1970 UTC.
    private let now: @Sendable () -> UInt64

    init(
        collector: ProfileCollector,
        groups: @escaping @Sendable () async -> [ProfiledGroup],
        maximumSeconds: Int,
        now: @escaping @Sendable () -> UInt64
    ) {
        self.collector = collector
        self.groups = groups
        self.maximumSeconds = maximumSeconds
        self.now = now
    }

    /// `/debug/pprof/profile` or `/debug/pprof/wall`, by the kind, as Go's net/http/pprof answers
    /// them.
    func pprof(_ request: WebRequest, kind: Profile.Kind) async -> Response {
        let query: ProfileQuery
        do throws(ProfileQueryProblem) {
            query = try ProfileQuery(request.parameters, kind: kind, times: times)
        } catch {
            return .plainText(.badRequest, error.description)
        }
        let endpoint: ProfileEndpoint = kind == .cpu ? .profile : .wall
        let contentType = query.isText ? "text/plain; charset=utf-8" : "application/octet-stream"
        let name = kind == .cpu ? "profile" : "wall"
        let headers: HTTPFields =
            query.isText ? [:] : [.contentDisposition: "attachment; filename=\"\(name)\""]
        // How long the body would be is known only to who waits for it.
        if request.isHead { return .bytes(.ok, [], contentType: contentType, headers) }
        return await collector.respond(to: request, at: endpoint, asking: query.request) {
            profile,
            _ throws(PprofFormat.Failure) in
            let bytes =
                try query.isText
                ? TextFormat.encode(profile)
                : PprofFormat.encode(profile, labels: query.labels)
            return .bytes(.ok, bytes, contentType: contentType, headers)
        }
    }

    /// `/flamegraph`.
    func flameGraph(_ request: WebRequest) async -> Response {
        let query: FlameGraphQuery
        do throws(ProfileQueryProblem) {
            query = try FlameGraphQuery(request.parameters, times: times)
        } catch {
            return .plainText(.badRequest, error.description)
        }
        let format = query.format
        if request.isHead {
            return .bytes(.ok, [], contentType: format.contentType, format.headers)
        }
        let controls = FlameGraphControls(
            query: query,
            groups: format == .html ? await groups() : [],
            maximumSeconds: maximumSeconds
        )
        return await collector.respond(
            to: request,
            at: .flamegraph,
            asking: query.request,
            base: query.base
        ) { profile, base throws(PprofFormat.Failure) in
            guard let base else { return try format.response(profile, controls: controls) }
            return format.response(profile, base: base, controls: controls)
        }
    }

    private var times: SpanParameters {
        SpanParameters(now: now(), maximumSeconds: maximumSeconds)
    }
}

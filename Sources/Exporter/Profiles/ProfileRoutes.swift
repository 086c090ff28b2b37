// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTypes
import Hummingbird
internal import Profiles

/// The pages that give profiles, and those that say which there are.
struct ProfileRoutes: Sendable {
    /// Below it `go tool pprof` shows the body of an error only with this header.
    static let section = WebSection(
        path: "/debug/pprof",
        notFound: "Unknown profile",
        errorHeaders: [.goPprof: "1"]
    )

    private let source: ProfileSource
    private let configuration: WebConfiguration
    private let usage: WebUsageCounter
    private let handler: ProfileHandler
    private let now: @Sendable () -> UInt64

    /// - Parameter now: in nanoseconds since 1970 UTC.
    init(
        source: ProfileSource,
        configuration: WebConfiguration,
        usage: WebUsageCounter,
        now: @escaping @Sendable () -> UInt64 = Self.realTime
    ) {
        self.source = source
        self.configuration = configuration
        self.usage = usage
        self.now = now
        handler = ProfileHandler(
            collector: ProfileCollector(
                source: source,
                maximumCount: configuration.maximumConcurrentProfiles,
                usage: usage
            ),
            groups: source.groups,
            maximumSeconds: configuration.maximumProfileSeconds,
            now: now
        )
    }

    /// In the order in which the landing page links them.
    var routes: [WebRoute] {
        let handler = self.handler
        return [
            profiles(
                at: .flamegraph,
                title: "Flame graph of the last minute",
                parameters: FlameGraphQuery.parameters
            ) { await handler.flameGraph($0) },
            list("/debug/pprof/", title: "Profiles for pprof", index),
            list("/debug/pprof", title: nil, index),
            profiles(at: .profile, title: nil, parameters: ProfileQuery.parameters) {
                await handler.pprof($0, kind: .cpu)
            },
            profiles(at: .wall, title: nil, parameters: ProfileQuery.parameters) {
                await handler.pprof($0, kind: .wall)
            },
            WebRoute(
                path: "/targets",
                title: "What is sampled, and what is not and why",
                parameters: ["format"],
                refusesCrossSite: true,
                refusal: configuration.profileRefusal,
                handler: targets
            ),
            list("/sd/profiles", title: "Groups for service discovery", discovery),
        ]
    }

    private func profiles(
        at endpoint: ProfileEndpoint,
        title: String?,
        parameters: Set<String>,
        handler: @escaping @Sendable (WebRequest) async -> Response
    ) -> WebRoute {
        WebRoute(
            path: endpoint.path,
            title: title,
            parameters: parameters,
            refusesCrossSite: true,
            refusal: configuration.profileRefusal,
            answered: { [usage] status, duration in
                usage.count(endpoint, status: status.code, seconds: duration / .seconds(1))
            },
            handler: handler
        )
    }

    private func list(
        _ path: String,
        title: String?,
        _ handler: @escaping @Sendable (WebRequest) async -> Response
    ) -> WebRoute {
        WebRoute(
            path: path,
            title: title,
            refusesCrossSite: true,
            refusal: configuration.profileRefusal,
            handler: handler
        )
    }

    @Sendable
    private func index(_ request: WebRequest) async -> Response {
        let oldest = await source.oldest()
        let instant = now()
        let kept = oldest.map { instant > $0 ? (instant - $0) / 1_000_000_000 : 0 }
        return WebPage.response(
            PprofIndexPage.html(groups: await source.groups(), keptSeconds: kept)
        )
    }

    @Sendable
    private func targets(_ request: WebRequest) async -> Response {
        switch request.parameters["format"] {
        case nil, "html":
            let body = TargetsPage.html(await source.targets())
            return WebPage.response(WebPage.html(title: "Targets", body: body))
        case "json":
            let json = Array(TargetsPage.json(await source.targets()).utf8)
            return .bytes(.ok, json, contentType: "application/json")
        case .some:
            return .plainText(.badRequest, "format must be html or json")
        }
    }

    @Sendable
    private func discovery(_ request: WebRequest) async -> Response {
        ProfileDiscovery.response(host: request.host, groups: await source.groups())
    }

    /// CLOCK_REALTIME (clock_gettime(2)).
    @Sendable
    private static func realTime() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
    }
}

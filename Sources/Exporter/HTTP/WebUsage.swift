// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the web server did so far, as values for metrics.
struct WebUsage: Sendable, Equatable {
    /// Why a request was turned away: a closed set.
    enum Rejection: CaseIterable {
        case host
        case method
        case body
        case path
        case query
        case origin
        case busy
        case late
        case disabled
        case rate
        case credentials

        var label: StaticString {
            switch self {
            case .host: "host"
            case .method: "method"
            case .body: "body"
            case .path: "path"
            case .query: "query"
            case .origin: "origin"
            case .busy: "busy"
            case .late: "late"
            case .disabled: "disabled"
            case .rate: "rate"
            case .credentials: "credentials"
            }
        }
    }

    var rejections: [Rejection: UInt64] = [:]

    /// Scrapes that got metrics of an earlier one, because new ones took too long.
    var repeatedExpositions: UInt64 = 0

    /// The series in the last exposition, and the ones its limit left out.
    var exposedSeries = 0
    var omittedSeries = 0

    /// Connections that were closed to make room for others.
    var evictedConnections: UInt64 = 0

    /// Nil where no profiles can be had.
    var profiles: ProfileUsage?

    /// The web server's own metrics.
    func families() -> [MetricFamily] {
        let ownFamilies: [MetricFamily] = [
            .gauge(
                "ptarmigan_exposed_series",
                help: "Series in the last exposition.",
                value: MetricValue(exposedSeries)
            ),
            .gauge(
                "ptarmigan_omitted_series",
                help: "Series that the series limit left out of the last exposition.",
                value: MetricValue(omittedSeries)
            ),
            .counter(
                "ptarmigan_repeated_expositions",
                help: "Scrapes answered with earlier metrics because new ones took too long.",
                value: MetricValue(repeatedExpositions)
            ),
            .counter(
                "ptarmigan_web_connections_evicted",
                help: "Connections without a request that were closed to make room for others.",
                value: MetricValue(evictedConnections)
            ),
            .counter(
                "ptarmigan_web_requests_rejected",
                help: "Web requests turned away, by reason.",
                samples: Rejection.allCases.map { rejection in
                    MetricFamily.CounterSample(
                        MetricValue(rejections[rejection, default: 0]),
                        labels: [Label("reason", rejection.label)]
                    )
                }
            ),
        ]
        return ownFamilies + (profiles?.families() ?? [])
    }
}

/// Counts what the web server does; shared by all of its connections.
final class WebUsageCounter: Sendable {
    private let usage = Mutex(WebUsage())
    private let connections: ConnectionTable?

    /// - Parameters:
    ///   - hasProfiles: whether there is anything to count of requests for profiles.
    ///   - connections: counts those that it closes.
    init(hasProfiles: Bool = false, connections: ConnectionTable? = nil) {
        self.connections = connections
        if hasProfiles { usage.withLock { $0.profiles = ProfileUsage() } }
    }

    var current: WebUsage {
        var current = usage.withLock { $0 }
        current.evictedConnections = connections?.evictions ?? 0
        return current
    }

    func count(_ rejection: WebUsage.Rejection) {
        usage.withLock { $0.rejections[rejection, default: 0] += 1 }
    }

    func countRepeatedExposition() {
        usage.withLock { $0.repeatedExpositions += 1 }
    }

    /// A profile is waited for or made from now on, until `endProfile`.
    func beginProfile() { usage.withLock { $0.profiles?.inProgress += 1 } }

    func endProfile() { usage.withLock { $0.profiles?.inProgress -= 1 } }

    func count(_ endpoint: ProfileEndpoint, status: Int, seconds: Double) {
        usage.withLock { $0.profiles?.count(endpoint, status: status, seconds: seconds) }
    }

    func record(_ exposition: Exposition) {
        usage.withLock {
            $0.exposedSeries = exposition.seriesCount
            $0.omittedSeries = exposition.omittedSeriesCount
        }
    }
}

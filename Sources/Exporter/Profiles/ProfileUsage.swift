// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import Profiles

/// What was asked of the pages that give profiles, as values for metrics.
struct ProfileUsage: Sendable, Equatable {
    /// The statuses that they answer with: a closed set.
    enum Code: Int, CaseIterable {
        case ok = 200
        case badRequest = 400
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case internalServerError = 500
        case serviceUnavailable = 503
    }

    private struct Answers: Sendable, Equatable {
        var counts: [Code: UInt64] = [:]
        /// For each bucket on its own, and for what is above them all.
        var durations = [UInt64](repeating: 0, count: ProfileUsage.bounds.count + 1)
        var durationSum = 0.0
    }

    private static let bounds: [Double] = [0.1, 1, 5, 10, 15, 30, 60]

    private var answers: [ProfileEndpoint: Answers] = [:]

    /// Requests whose profile is being waited for or made.
    var inProgress = 0

    /// - Parameter seconds: how long the request took; counted of those that got a profile.
    mutating func count(_ endpoint: ProfileEndpoint, status: Int, seconds: Double) {
        // No other status is sent; a new one would be a fault of the server's.
        let code = Code(rawValue: status) ?? .internalServerError
        answers[endpoint, default: Answers()].counts[code, default: 0] += 1
        guard code == .ok, seconds.isFinite, seconds >= 0 else { return }
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        answers[endpoint, default: Answers()].durations[bucket] += 1
        answers[endpoint, default: Answers()].durationSum += seconds
    }

    func families() -> [MetricFamily] {
        [
            .gauge(
                "ptarmigan_profiles_in_progress",
                help: "Requests whose profile is being waited for or made.",
                value: MetricValue(inProgress)
            ),
            .counter(
                "ptarmigan_profile_requests",
                help: "Requests for profiles, by page and by the status of the answer.",
                samples: ProfileEndpoint.allCases.flatMap(counts)
            ),
            .histogram(
                "ptarmigan_profile_request_duration_seconds",
                unit: .seconds,
                help: "How long requests took that got a profile, waiting included.",
                samples: ProfileEndpoint.allCases.map(duration)
            ),
        ]
    }

    private func counts(_ endpoint: ProfileEndpoint) -> [MetricFamily.CounterSample] {
        Code.allCases.map { code in
            MetricFamily.CounterSample(
                MetricValue(answers[endpoint]?.counts[code] ?? 0),
                labels: [
                    Label("endpoint", endpoint.label), Label("code", LabelValue(code.rawValue)),
                ]
            )
        }
    }

    private func duration(_ endpoint: ProfileEndpoint) -> MetricFamily.HistogramSample {
        let answers = self.answers[endpoint] ?? Answers()
        let buckets = Self.bounds.indices.map { index in
            HistogramValue.Bucket(
                upperBound: Self.bounds[index],
                count: answers.durations[index]
            )
        }
        return MetricFamily.HistogramSample(
            HistogramValue(
                buckets: buckets,
                overflowCount: answers.durations[Self.bounds.count],
                sum: answers.durationSum
            ),
            labels: [Label("endpoint", endpoint.label)]
        )
    }
}

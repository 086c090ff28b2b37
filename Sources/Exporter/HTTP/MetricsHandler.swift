// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging

/// Answers `/metrics`.
struct MetricsHandler: Sendable {
    private let collector: MetricsCollector
    private let scrapes: ConcurrencyLimit
    private let configuration: WebConfiguration
    private let usage: WebUsageCounter

    init(
        configuration: WebConfiguration,
        usage: WebUsageCounter,
        sources: [MetricsSource]
    ) {
        collector = MetricsCollector(sources: sources)
        scrapes = ConcurrencyLimit(configuration.maximumConcurrentScrapes)
        self.configuration = configuration
        self.usage = usage
    }

    func respond(to request: WebRequest) async -> Response {
        let response = await scrapes.run { await scrape(request) }
        if let response { return response }
        usage.count(.busy)
        return .plainText(
            .serviceUnavailable,
            "\(configuration.maximumConcurrentScrapes) scrapes are in progress; try again later",
            headers: [.retryAfter: "1"]
        )
    }

    private func scrape(_ request: WebRequest) async -> Response {
        let wait = ScrapeWait.duration(
            header: request.headers[.scrapeTimeout],
            maximum: configuration.maximumScrapeWait
        )
        switch await collector.collect(within: wait) {
        case .fresh(let gathering):
            return encode(gathering, for: request)
        case .repeated(let gathering):
            usage.countRepeatedExposition()
            request.logger.warning(
                "Gathering metrics took too long; the last ones were served again",
                metadata: ["wait": "\(wait)"]
            )
            return encode(gathering, for: request)
        case .unavailable:
            usage.count(.late)
            return .plainText(
                .serviceUnavailable,
                "the first metrics are not ready; try again later",
                headers: [.retryAfter: "1"]
            )
        }
    }

    private func encode(
        _ gathering: MetricsCollector.Gathering,
        for request: WebRequest
    ) -> Response {
        let format = ContentNegotiation.format(accept: request.headers[.accept])
        // The server's own come first: the limit must not hide that the limit was reached.
        let exposition = Exposition.encode(
            usage.current.families() + gathering.runs.families() + gathering.families,
            as: format,
            limit: configuration.expositionLimit
        )
        usage.record(exposition)

        var headers: HTTPFields = [.vary: "Accept, Accept-Encoding"]
        var body = exposition.bytes
        if ContentNegotiation.acceptsGzip(acceptEncoding: request.headers[.acceptEncoding]),
            let compressed = Gzip.compress(body)
        {
            body = compressed
            headers[.contentEncoding] = "gzip"
        }
        return .bytes(.ok, body, contentType: format.contentType, headers)
    }
}

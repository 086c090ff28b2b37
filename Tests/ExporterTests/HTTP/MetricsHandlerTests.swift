// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import HTTPTypes
import Hummingbird
import Profiles
import Testing

@Suite("MetricsHandler")
struct MetricsHandlerTests {
    /// What every scrape says alike: not how long it took.
    private func lines(of body: [UInt8]) -> [Substring] {
        String(decoding: body, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("ptarmigan_collector_duration_seconds{") }
    }

    private static let timeout = "X-Prometheus-Scrape-Timeout-Seconds"

    @Test("promtool finds nothing wrong with a scrape, the server's own metrics included")
    func text() async throws {
        let answer = try await Web.ask(Web.server(), "/metrics")
        #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.headers[.vary] == "Accept, Accept-Encoding")
        #expect(answer.headers[.contentEncoding] == nil)
        #expect(answer.text.contains("\nptarmigan_groups 3\n"))
        let outcome = try Promtool.checkMetrics(answer.body)
        #expect(outcome.exitCode == 0, "\(outcome.output)")
    }

    @Test("gives OpenMetrics to those who prefer it")
    func openMetrics() async throws {
        let answer = try await Web.ask(
            Web.server(),
            "/metrics",
            headers: [.accept: "application/openmetrics-text;version=1.0.0,*/*;q=0.1"]
        )
        #expect(
            answer.headers[.contentType]
                == "application/openmetrics-text; version=1.0.0; charset=utf-8"
        )
        #expect(answer.text.hasSuffix("ptarmigan_groups 3\n# EOF\n"))
    }

    @Test("compresses on request, and what it sends reads back the same")
    func gzip() async throws {
        let server = Web.server()
        // The first scrape sets the number of series that later ones report.
        _ = try await Web.ask(server, "/metrics")
        let plain = try await Web.ask(server, "/metrics")
        let compressed = try await Web.ask(
            server,
            "/metrics",
            headers: [.acceptEncoding: "gzip"]
        )
        #expect(compressed.headers[.contentEncoding] == "gzip")
        #expect(compressed.headers[.contentLength] == String(compressed.body.count))
        #expect(try lines(of: inflated(compressed.body)) == lines(of: plain.body))
    }

    @Test("turns scrapes away beyond the limit, and serves the ones in progress")
    func busy() async throws {
        let gate = Gate(isOpen: false)
        var configuration = WebConfiguration()
        configuration.maximumScrapeWait = .seconds(3600)
        let server = Web.server(
            configuration,
            metrics: {
                await gate.pass()
                return Web.families
            }
        )
        try await withThrowingTaskGroup(of: Web.Answer.self) { group in
            for _ in 0..<41 { group.addTask { try await Web.ask(server, "/metrics") } }
            // While the gate is closed nobody else can be answered.
            let refused = try #require(await group.next())
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers[.retryAfter] == "1")
            await gate.open()
            for try await answer in group { #expect(answer.status == .ok) }
        }
        let text = try await Web.ask(server, "/metrics").text
        #expect(text.contains("rejected_total{reason=\"busy\"} 1\n"))
    }

    @Test("honours the scraper's time-out with the last metrics, or 503 if there are none")
    func late() async throws {
        let gate = Gate(isOpen: false)
        var configuration = WebConfiguration()
        configuration.maximumScrapeWait = .seconds(3600)
        let server = Web.server(
            configuration,
            metrics: {
                await gate.pass()
                return Web.families
            }
        )
        let hurried: HTTPFields = [try #require(HTTPField.Name(Self.timeout)): "0.5"]

        let early = try await Web.ask(server, "/metrics", headers: hurried)
        #expect(early.status == .serviceUnavailable)
        await gate.open()
        #expect(try await Web.ask(server, "/metrics").status == .ok)
        await gate.close()

        let repeated = try await Web.ask(server, "/metrics", headers: hurried)
        #expect(repeated.status == .ok)
        #expect(repeated.text.contains("ptarmigan_repeated_expositions_total 1\n"))
        #expect(repeated.text.contains("ptarmigan_groups 3\n"))
        #expect(repeated.text.contains("rejected_total{reason=\"late\"} 1\n"))
        await gate.open()
    }

    @Test("keeps to the limit of series, and says how many were left out")
    func limit() async throws {
        var configuration = WebConfiguration()
        configuration.expositionLimit = ExpositionLimit(maxSeries: 20)
        let server = Web.server(
            configuration,
            metrics: {
                let samples = (0..<100).map {
                    MetricFamily.GaugeSample(1, labels: [Label("group", LabelValue($0))])
                }
                return [.gauge("ptarmigan_targets", help: "x", samples: samples)]
            }
        )
        _ = try await Web.ask(server, "/metrics")
        let text = try await Web.ask(server, "/metrics").text
        #expect(text.split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 20)
        #expect(text.contains("ptarmigan_exposed_series 20\n"))
        #expect(text.contains("ptarmigan_omitted_series 97\n"))
    }
}

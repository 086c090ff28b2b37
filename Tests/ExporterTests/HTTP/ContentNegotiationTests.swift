// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@Suite("ContentNegotiation")
struct ContentNegotiationTests {
    /// What Prometheus 2.42 sends.
    private static let prometheus2 = """
        application/openmetrics-text;version=1.0.0,\
        application/openmetrics-text;version=0.0.1;q=0.75,\
        text/plain;version=0.0.4;q=0.5,*/*;q=0.1
        """

    /// What Prometheus 3 sends.
    private static let prometheus3 = """
        application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
        application/openmetrics-text;version=0.0.1;q=0.5,\
        text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,\
        text/plain;version=0.0.4;q=0.3,*/*;q=0.2
        """

    /// Prometheus 3 that is to gather native histograms.
    private static let prometheus3Protobuf = """
        application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;\
        encoding=delimited;q=0.6,\
        application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,\
        text/plain;version=0.0.4;q=0.4,*/*;q=0.3
        """

    /// Prometheus 3 that was told to prefer the text formats.
    private static let prometheus3Text = """
        text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,\
        text/plain;version=0.0.4;q=0.5,\
        application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.3
        """

    private static let formats: [(String?, ExpositionFormat)] = [
        (nil, .text),
        ("", .text),
        (prometheus2, .openMetrics),
        (prometheus3, .openMetrics),
        (prometheus3Protobuf, .openMetrics),
        (prometheus3Text, .text),
        // The catch-all as it is misprinted.
        ("application/openmetrics-text;version=1.0.0;q=0.5,/;q=0.1", .openMetrics),
        ("/;q=0.1", .text),
        // curl, a browser.
        ("*/*", .text),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .text),
        ("application/openmetrics-text", .openMetrics),
        ("Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.9", .openMetrics),
        ("application/openmetrics-text;version=0.0.1", .text),
        ("application/openmetrics-text;version=2.0.0", .text),
        ("application/openmetrics-text;q=0", .text),
        ("text/plain;q=0.5,application/openmetrics-text;q=0.5", .text),
        ("application/openmetrics-text;q=0.5,text/plain;q=0.5", .openMetrics),
        ("application/openmetrics-text;q=x,text/plain;q=0.5", .openMetrics),
        ("application/openmetrics-text;q=nan,text/plain;q=0.5", .text),
        ("application/json", .text),
        (",;=,;;q=,text/", .text),
    ]

    @Test("chooses the format of the highest weight spoken here", arguments: formats)
    func format(accept: String?, expected: ExpositionFormat) {
        #expect(ContentNegotiation.format(accept: accept) == expected)
    }

    private static let codings: [(String?, Bool)] = [
        (nil, false), ("", false), ("gzip", true), ("GZIP;q=0.5", true),
        ("deflate, gzip;q=1.0, *;q=0.5", true), ("x-gzip", true), ("gzip;q=0", false),
        ("identity", false), ("*", false), ("gzipped", false),
    ]

    @Test("compresses for those alone who ask for gzip", arguments: codings)
    func gzip(acceptEncoding: String?, expected: Bool) {
        #expect(ContentNegotiation.acceptsGzip(acceptEncoding: acceptEncoding) == expected)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing

@testable import Agent

@Suite("CountedLogHandler")
struct CountedLogHandlerTests {
    @Test("counts the lines that its level lets through, and hands them on")
    func counts() {
        let counts = LogCounts()
        let written = LogCounts()
        var logger = Logger(label: "test") { _ in
            CountedLogHandler(
                CountedLogHandler(SilentLogHandler(), counts: written),
                counts: counts
            )
        }
        logger.logLevel = .notice
        logger.info("too low")
        logger.notice("one")
        logger.warning("two")
        logger.warning("three")
        for counts in [counts, written] {
            #expect(counts.lines(.info) == 0)
            #expect(counts.lines(.notice) == 1)
            #expect(counts.lines(.warning) == 2)
            #expect(counts.lines(.error) == 0)
        }
    }

    @Test("metadata reaches the handler that writes")
    func metadata() {
        var handler = CountedLogHandler(
            StreamLogHandler.standardError(label: "test"),
            counts: LogCounts()
        )
        handler[metadataKey: "pid"] = "12"
        #expect(handler.metadata == ["pid": "12"])
        handler.metadata = [:]
        #expect(handler[metadataKey: "pid"] == nil)
    }
}

/// Writes nothing; unlike swift-log's own, at any level.
private struct SilentLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.trace

    func log(event: LogEvent) {}

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Counts what it hands on to another handler, which writes it.
struct CountedLogHandler: LogHandler {
    private var writer: any LogHandler
    private let counts: LogCounts

    init(_ writer: any LogHandler, counts: LogCounts) {
        self.writer = writer
        self.counts = counts
    }

    func log(event: LogEvent) {
        counts.count(event.level)
        writer.log(event: event)
    }

    var metadata: Logger.Metadata {
        get { writer.metadata }
        set { writer.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { writer.metadataProvider }
        set { writer.metadataProvider = newValue }
    }

    var logLevel: Logger.Level {
        get { writer.logLevel }
        set { writer.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { writer[metadataKey: key] }
        set { writer[metadataKey: key] = newValue }
    }
}

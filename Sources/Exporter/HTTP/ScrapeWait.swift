// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How long a scrape may wait for new metrics.
enum ScrapeWait {
    /// What is kept back of the scraper's own time-out, for encoding and the way back.
    private static let reserve = Duration.milliseconds(500)

    /// The wait that fits a scraper's time-out.
    ///
    /// - Parameters:
    ///   - header: `X-Prometheus-Scrape-Timeout-Seconds`, a decimal number of seconds; nil for
    ///     none. What is no positive number is passed over.
    ///   - maximum: the longest wait, whatever the scraper says.
    static func duration(header: String?, maximum: Duration) -> Duration {
        guard let header, let seconds = Double(header), seconds > 0, seconds.isFinite else {
            return maximum
        }
        // Beyond a day the number says nothing more, and could not become a Duration.
        let timeout = Duration.seconds(min(seconds, 86_400))
        return max(.zero, min(timeout - reserve, maximum))
    }
}

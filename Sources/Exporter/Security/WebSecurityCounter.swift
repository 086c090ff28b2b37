// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts what the security of the web server does.
package final class WebSecurityCounter: Sendable {
    /// What was counted, as values for metrics.
    package struct Counts: Sendable, Equatable {
        /// Times that the file changed and could not be used.
        package var reloadFailures: UInt64 = 0

        /// Passwords that bcrypt was run for.
        package var passwordChecks: UInt64 = 0

        package init() {}

        /// The metrics, which there are without a file, too.
        package func families() -> [MetricFamily] {
            [
                .counter(
                    "ptarmigan_web_config_reload_failures",
                    help: "Changes of the web configuration that had errors and were not used.",
                    value: MetricValue(reloadFailures)
                ),
                .counter(
                    "ptarmigan_web_password_checks",
                    help: "Passwords that were hashed to check them; what was found is remembered.",
                    value: MetricValue(passwordChecks)
                ),
            ]
        }
    }

    private let state = Mutex(Counts())

    package var counts: Counts { state.withLock { $0 } }

    func countReloadFailure() { state.withLock { $0.reloadFailures += 1 } }

    func countPasswordCheck() { state.withLock { $0.passwordChecks += 1 } }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Testing

@testable import Agent

@Suite struct ConfigurationMetricsTests {
    @Test(arguments: [(true, "1"), (false, "0")])
    func saysWhetherTheFileIsInForce(isSuccessful: Bool, value: String) {
        let families = ConfigurationMetrics.families(
            of: ReloadState.Outcome(isSuccessful: isSuccessful, succeededAtSeconds: 1.5)
        )
        let text = String(
            decoding: Exposition.encode(families, as: .text).bytes,
            as: UTF8.self
        )
        #expect(text.contains("\nptarmigan_config_last_reload_successful \(value)\n"))
        #expect(text.contains("\nptarmigan_config_last_reload_success_timestamp_seconds 1.5\n"))
    }
}

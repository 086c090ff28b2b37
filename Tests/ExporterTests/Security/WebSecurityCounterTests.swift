// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("WebSecurityCounter")
struct WebSecurityCounterTests {
    @Test("shows both counts, also before there is anything to count")
    func families() {
        let counter = WebSecurityCounter()
        #expect(text(counter).contains("\nptarmigan_web_config_reload_failures_total 0\n"))
        #expect(text(counter).contains("\nptarmigan_web_password_checks_total 0\n"))
        counter.countReloadFailure()
        counter.countPasswordCheck()
        counter.countPasswordCheck()
        #expect(text(counter).contains("\nptarmigan_web_config_reload_failures_total 1\n"))
        #expect(text(counter).contains("\nptarmigan_web_password_checks_total 2\n"))
    }

    private func text(_ counter: WebSecurityCounter) -> String {
        let families = counter.counts.families()
        return String(decoding: Exposition.encode(families, as: .text).bytes, as: UTF8.self)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("TLSSettings")
struct TLSSettingsTests {
    @Test("begins as exporters do: TLS 1.2 and 1.3, and no certificates of clients")
    func defaults() {
        let settings = TLSSettings(certificates: [1], privateKey: [2])
        #expect(settings.versions == .tls12 ... .tls13)
        #expect(settings.clientAuthentication == .none)
        #expect(settings.cipherSuites.isEmpty && settings.curves.isEmpty)
    }

    @Test("versions are ordered")
    func order() {
        let versions = TLSSettings.Version.allCases
        #expect(versions == versions.sorted())
        #expect(TLSSettings.Version.tls10 < .tls13)
    }
}

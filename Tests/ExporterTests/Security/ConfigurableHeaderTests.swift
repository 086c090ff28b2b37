// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Exporter

@Suite("ConfigurableHeader")
struct ConfigurableHeaderTests {
    @Test("values of a list are exact, others free, and none can break out of its line")
    func values() {
        #expect(ConfigurableHeader.frameOptions.permits("sameorigin"))
        #expect(!ConfigurableHeader.frameOptions.permits("allow-from x"))
        #expect(ConfigurableHeader.contentTypeOptions.permits("nosniff"))
        #expect(!ConfigurableHeader.contentTypeOptions.permits(""))
        #expect(ConfigurableHeader.strictTransportSecurity.permits("max-age=31536000"))
        for header in ConfigurableHeader.allCases {
            #expect(!header.permits("a\r\nSet-Cookie: b=c"))
        }
    }

    @Test("each is a header of its name")
    func fields() {
        let headers = Dictionary(
            uniqueKeysWithValues: ConfigurableHeader.allCases.map { ($0, "v") }
        )
        let fields = HTTPFields(headers)
        #expect(fields.count == ConfigurableHeader.allCases.count)
        for header in ConfigurableHeader.allCases {
            #expect(HTTPField.Name(header.rawValue).map { fields[$0] } == "v")
        }
    }
}

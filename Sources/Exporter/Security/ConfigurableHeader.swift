// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// A header of answers that an operator may set; there are no others.
package enum ConfigurableHeader: String, CaseIterable, Sendable {
    case contentSecurityPolicy = "Content-Security-Policy"
    case frameOptions = "X-Frame-Options"
    case contentTypeOptions = "X-Content-Type-Options"
    case scriptFilter = "X-XSS-Protection"
    case strictTransportSecurity = "Strict-Transport-Security"

    /// The values that it may have; nil for any.
    package var values: [String]? {
        switch self {
        case .frameOptions: ["deny", "sameorigin"]
        case .contentTypeOptions: ["nosniff"]
        case .contentSecurityPolicy, .scriptFilter, .strictTransportSecurity: nil
        }
    }

    /// Whether it may have a value, which must also be one of a header at all.
    package func permits(_ value: String) -> Bool {
        HTTPField.isValidValue(value) && values?.contains(value) != false
    }
}

extension HTTPFields {
    /// The headers with what an operator set.
    init(_ headers: [ConfigurableHeader: String]) {
        self.init()
        for (header, value) in headers {
            guard let name = HTTPField.Name(header.rawValue) else { continue }
            self[name] = value
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The value of a sample: whole numbers stay whole on the wire.
package enum MetricValue: Hashable, Sendable {
    case integer(Int64)
    case double(Double)

    /// A whole number; one beyond `Int64` becomes the nearest floating-point number.
    package init(_ value: some BinaryInteger) {
        self =
            if let exact = Int64(exactly: value) { .integer(exact) } else {
                .double(Double(value))
            }
    }

    package init(_ value: Double) { self = .double(value) }

    /// 1 for true and 0 for false, as Prometheus writes conditions.
    package init(_ condition: Bool) { self = .integer(condition ? 1 : 0) }

    /// Whether a counter may have this value: zero or above, and a number.
    package var isValidCounter: Bool {
        switch self {
        case .integer(let value): value >= 0
        case .double(let value): value >= 0
        }
    }
}

extension MetricValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    package init(integerLiteral value: Int64) { self = .integer(value) }

    package init(floatLiteral value: Double) { self = .double(value) }
}

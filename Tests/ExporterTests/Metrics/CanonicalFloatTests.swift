// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Exporter

@Suite("CanonicalFloat")
struct CanonicalFloatTests {
    /// The table of the OpenMetrics 1.0.0 specification, and what surrounds it.
    @Test(
        "writes the canonical numbers",
        arguments: [
            (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1, "-1.0"), (0.1, "0.1"),
            (0.001, "0.001"), (0.0001, "0.0001"), (1e-05, "1e-05"), (1.5e-07, "1.5e-07"),
            (1e-10, "1e-10"), (10, "10.0"), (100_000, "100000.0"), (1e6, "1e+06"),
            (1e10, "1e+10"), (1_234_567.5, "1.2345675e+06"), (-1_234_567, "-1.234567e+06"),
            (999_999.5, "999999.5"), (1e15, "1e+15"), (1e16, "1e+16"), (1.5e300, "1.5e+300"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
            (.leastNonzeroMagnitude, "5e-324"),
            (1_763_853_000.25, "1.76385300025e+09"),
        ] as [(Double, String)]
    )
    func table(value: Double, expected: String) {
        var bytes: [UInt8] = []
        CanonicalFloat.append(value, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        if !value.isNaN { #expect(Double(expected) == value) }
    }
}

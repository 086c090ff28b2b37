// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// What the agent prints when it serves.
enum Banner {
    static func print(scheme: String, host: String, port: Int, sampler: SamplerConfiguration) {
        let shown = host.isEmpty || host == "0.0.0.0" || host == "::" ? "localhost" : host
        let name = shown.contains(":") ? "[\(shown)]" : shown
        StandardError.write(
            """
            ptarmigan \(Version.text): sampling at \(sampler.rate.hertz) Hz by \
            \(sampler.engine.method.rawValue)
            metrics  \(scheme)://\(name):\(port)/metrics
            health   \(scheme)://\(name):\(port)/-/healthy

            """
        )
    }
}

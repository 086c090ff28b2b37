// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Sampler

extension ProcessDescription {
    /// A process that has something of everything that rules can ask for, but for a pod.
    static let shop: Self = {
        var process = Self()
        process.command = "a-long-program-"
        process.executable = "/opt/bin/a-long-program-name"
        process.commandLine = "a-long-program-name --config /etc/shop.yml serve"
        process.user = "app"
        process.unit = "shop@7.service"
        process.controlGroup = "/system.slice/shop@7.service"
        process.container = "0123456789abcdef"
        return process
    }()
}

func pattern(_ change: (inout ProcessPattern) -> Void) -> ProcessPattern {
    var pattern = ProcessPattern()
    change(&pattern)
    return pattern
}

/// The expressions, in their order; one that is malformed is left out.
func expressions(_ texts: String...) -> [RegularExpression] {
    texts.compactMap { try? RegularExpression($0) }
}

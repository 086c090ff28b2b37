// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

extension TargetWatch {
    /// A watch without rules, which knows of no service's units.
    static func plain(_ selection: TargetSelection) -> TargetWatch {
        TargetWatch(
            selection: selection,
            policy: ProtectionPolicy(),
            resolver: GroupResolver { _ in nil }
        )
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension StackEnd {
    /// The frame that stands for the callers that were not found, such as `[truncated: copy_end]`;
    /// nil where there are none.
    ///
    /// Without it, a stack that was cut short would seem to begin where it was cut.
    package var title: String? {
        switch self {
        case .complete: nil
        case .truncated(let truncation): "[truncated: \(truncation.rawValue)]"
        case .broken(let cause): "[broken: \(cause.rawValue)]"
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Sampler

/// What a recording is of.
enum RecordingTarget {
    /// Processes that are there, or come.
    case selection(TargetSelection, title: String)
    /// A command that the recording starts, and ends with.
    case command([String], openFiles: UInt64, followsChildren: Bool)
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// The texts of a pprof message, each once; the first is empty.
///
/// `go tool pprof` prints them as they are, so they are made visible here.
struct PprofStrings {
    private var numbered = NumberedSet<String>()

    init() {
        _ = numbered.insert("")
    }

    var texts: [String] { numbered.elements }

    /// The index of a text, new or known.
    mutating func index(of raw: String) -> Int64 {
        Int64(numbered.insert(VisibleText(replacingControlsIn: raw).description).number)
    }
}

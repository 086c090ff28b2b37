// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The texts of a pprof message, each once; the first is empty.
///
/// `go tool pprof` prints them as they are, so they are made visible here.
struct PprofStrings {
    private(set) var texts = [""]
    private var indices: [String: Int64] = ["": 0]

    /// The index of a text, new or known.
    mutating func index(of raw: String) -> Int64 {
        let text = VisibleText(replacingControlsIn: raw).description
        if let known = indices[text] { return known }
        let index = Int64(texts.count)
        texts.append(text)
        indices[text] = index
        return index
    }
}

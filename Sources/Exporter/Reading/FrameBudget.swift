// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// How many frames the stacks of a file may have together.
///
/// A few bytes can stand for many: stacks may refer to places again and again, and a place may have
/// many functions by inlining. Honest files stay far below.
struct FrameBudget {
    private var rest: Int

    /// For files of any size.
    private static let most = 50_000_000
    /// What even a small file may have, and then for each of its bytes.
    private static let least = 1_000_000
    private static let framesPerByte = 16

    init(byteCount: Int) {
        let (grown, overflow) = byteCount.multipliedReportingOverflow(by: Self.framesPerByte)
        rest = overflow ? Self.most : min(Self.most, Self.least + max(0, grown))
    }

    /// Takes the frames of a stack out of it.
    mutating func spend(_ frames: Int) throws(ProfileReadFailure) {
        guard frames <= rest else { throw .tooManyFrames }
        rest -= frames
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// What was sampled in some seconds, as parts of an archive.
package struct ProfileWindow: Sendable {
    /// Nanoseconds since 1970 UTC.
    package let startNanoseconds: UInt64
    /// The ends of the parts that it is divided into, in order; the last one is its own.
    package let sliceEnds: [UInt64]
    /// The mean time between two samples of one thread.
    package let periodNanoseconds: UInt64
    var samples: [ArchivedSample]

    package init(
        startNanoseconds: UInt64,
        sliceEnds: [UInt64],
        periodNanoseconds: UInt64,
        draft: ProfileDraft
    ) {
        self.startNanoseconds = startNanoseconds
        self.sliceEnds = sliceEnds
        self.periodNanoseconds = periodNanoseconds
        samples = draft.samples
    }

    package var endNanoseconds: UInt64 { sliceEnds.last ?? startNanoseconds }

    /// How much of a sample was within a span of time: all or nothing of one whose part of the
    /// window is known, and a share of the others.
    func share(of sample: ArchivedSample, within span: Range<UInt64>) -> Double {
        guard let slice = sample.slice, Int(slice) < sliceEnds.count else {
            return Self.share(of: startNanoseconds..<max(startNanoseconds, endNanoseconds), span)
        }
        let end = sliceEnds[Int(slice)]
        let start = slice == 0 ? startNanoseconds : min(end, sliceEnds[Int(slice) - 1])
        return span.contains(start + (end - start) / 2) ? 1 : 0
    }

    private static func share(of window: Range<UInt64>, _ span: Range<UInt64>) -> Double {
        guard !window.isEmpty else { return span.contains(window.lowerBound) ? 1 : 0 }
        let common = window.clamped(to: span)
        return Double(common.count) / Double(window.count)
    }
}

/// A row of a window.
struct ArchivedSample: Hashable, Sendable {
    var node: ArchivedStack.Node
    let end: StackEnd
    /// A number of the archive's.
    var labels: Int32
    /// Which part of the window it was seen in; nil for what is only known of the whole.
    let slice: UInt16?
    let count: UInt32
    let nanoseconds: UInt64
}

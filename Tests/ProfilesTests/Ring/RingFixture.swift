// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

@testable import Profiles

/// Windows of stacks that are written as names, the root first: `"main f g"`.
struct RingFixture {
    var ring: ProfileRing
    var draft = ProfileDraft()
    /// The end of the last window, in seconds.
    private var end: UInt64 = 0

    init(bytes: Int = 1 << 20, nanoseconds: UInt64 = 900_000_000_000) {
        var limits = ProfileRing.Limits(bytes: bytes)
        limits.nanoseconds = nanoseconds
        ring = ProfileRing(limits: limits)
    }

    mutating func stack(_ names: String) -> ArchivedStack? {
        let numbers = names.split(separator: " ").reversed().map { name in
            let function = ProfileFunction(name: String(name), systemName: String(name))
            return ring.archive.number(
                of: ArchivedLocation(
                    mapping: nil,
                    address: Address(0x1000),
                    function: ring.archive.number(of: function)
                )
            )
        }
        return ring.archive.insert(leafFirst: numbers, .complete)
    }

    mutating func add(
        _ names: String,
        group: String = "web",
        slice: UInt16? = nil,
        samples: UInt64 = 1,
        seconds: Double,
        isOffCPU: Bool = false
    ) {
        guard let stack = stack(names) else { return }
        var labels = ProfileSample.Labels()
        labels.group = group
        labels.isOffCPU = isOffCPU
        draft.add(
            stack,
            orTo: nil,
            labels: ring.archive.number(of: labels),
            slice: slice,
            SeriesAmount(samples: samples, seconds: seconds)
        )
    }

    /// Ends a window of ten seconds, or of parts of so many seconds.
    mutating func window(_ slices: [UInt64] = [10]) -> ProfileWindow {
        let start = end
        let ends = slices.map { length in
            end += length
            return end * 1_000_000_000
        }
        let window = ProfileWindow(
            startNanoseconds: start * 1_000_000_000,
            sliceEnds: ends,
            periodNanoseconds: 1_000,
            draft: draft
        )
        draft = ProfileDraft()
        return window
    }

    mutating func append(_ slices: [UInt64] = [10]) { ring.append(window(slices)) }

    /// What a span of seconds holds: milliseconds by the names of the stack.
    func milliseconds(
        _ span: Range<UInt64>,
        of group: String? = nil,
        _ kind: Profile.Kind = .cpu,
        open: ProfileWindow? = nil
    ) -> [String: UInt64] {
        let nanoseconds = span.lowerBound * 1_000_000_000..<span.upperBound * 1_000_000_000
        return Self.milliseconds(ring.profile(kind, of: group, in: nanoseconds, open: open))
    }

    static func milliseconds(_ profile: Profile) -> [String: UInt64] {
        var found: [String: UInt64] = [:]
        for sample in profile.samples {
            let names = sample.stack.reversed().flatMap {
                profile.frames(at: profile.locations[$0]).map(\.function)
            }
            found[names.joined(separator: " "), default: 0] += sample.nanoseconds / 1_000_000
        }
        return found
    }
}

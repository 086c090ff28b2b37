// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Sampler

@Suite struct StackArchiveWindowTests {
    private let process = ProcessID(7)

    /// Milliseconds by the leaf's name, of a window that was closed so.
    private func milliseconds(
        _ closed: ClosedWindow,
        _ kind: Profile.Kind
    ) -> [String: UInt64] {
        var ring = ProfileRing(limits: ProfileRing.Limits(bytes: 1 << 20))
        var draft = ProfileDraft()
        ring.archive.add(closed, of: process, in: "x", to: &draft)
        ring.append(
            ProfileWindow(
                startNanoseconds: 0,
                sliceEnds: [10],
                periodNanoseconds: 1,
                draft: draft
            )
        )
        let profile = ring.profile(kind, of: "x", in: 0..<10, open: nil)
        var found: [String: UInt64] = [:]
        for sample in profile.samples {
            let leaf = sample.stack.first.flatMap { profile.locations[$0].lines.first?.function }
            guard let leaf else { continue }
            found[profile.functions[leaf].name, default: 0] += sample.nanoseconds / 1_000_000
        }
        return found
    }

    @Test func timeWithoutAStackHasANameOfItsOwn() {
        var window = CPUWindow<SampledStack>()
        window.addKernel(seconds: 0.5)
        window.add(
            SampledStack(function: .unknown, stack: nil, slice: 0),
            rate: SamplingRate(hertz: 1)
        )
        var closed = ClosedWindow()
        let shares = window.close(runSeconds: 2)
        closed.runs = [ClosedWindow.Run(name: "worker", shares: shares, parts: shares.shares)]
        closed.unsampledNanoseconds = 250_000_000
        closed.queueNanoseconds = 40_000_000
        closed.waits = [
            WaitedStack(key: WaitKey(call: "read", function: .unknown), stack: nil): 3
        ]
        #expect(
            milliseconds(closed, .cpu)
                == ["[kernel]": 500, "[unknown]": 1_500, "[unsampled]": 250]
        )
        let wall = milliseconds(closed, .wall)
        #expect(wall["[waiting]"] == 3_000)
        #expect(wall["[queued]"] == 40)
        #expect(wall.count == 5)
    }

    @Test func aWindowOfNothingIsNothing() {
        #expect(milliseconds(ClosedWindow(), .wall).isEmpty)
    }
}

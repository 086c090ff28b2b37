// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@testable import Agent
@testable import Sampler

/// Periods made by hand, of stacks that are written as names, the root first: `"main f g"`.
struct TopFixture {
    struct Stack {
        var names: String
        var milliseconds: UInt64
        var thread: Int32 = 11
        var threadName: String? = "worker"
        var group = "busy"
        var object = "busy"
        var isOffCPU = false
    }

    var summary = RecordingSummary()
    var rate = SamplingRate(hertz: 99)
    var durationNanoseconds: UInt64 = 1_000_000_000

    func window(_ stacks: Stack..., kind: Profile.Kind = .wall) -> RecordedWindow {
        var builder = ProfileBuilder(
            kind: kind,
            startNanoseconds: 0,
            periodNanoseconds: 10_000_000,
            target: ""
        )
        builder.durationNanoseconds = durationNanoseconds
        for stack in stacks {
            var locations: [Int] = []
            for name in stack.names.split(separator: " ") {
                locations.append(location(String(name), in: stack.object, &builder))
            }
            var labels = ProfileSample.Labels()
            labels.group = stack.group
            labels.threadName = stack.threadName
            labels.process = ProcessID(10)
            labels.thread = ThreadID(stack.thread)
            labels.isOffCPU = stack.isOffCPU
            builder.add(
                stack: locations.reversed(),
                count: stack.milliseconds / 10,
                nanoseconds: stack.milliseconds * 1_000_000,
                end: .complete,
                labels: labels
            )
        }
        return RecordedWindow(
            profile: builder.build(),
            summary: summary,
            rate: rate,
            ownCPUShare: 0.011,
            processCount: 1
        )
    }

    private func location(
        _ name: String,
        in object: String,
        _ builder: inout ProfileBuilder
    ) -> Int {
        let mapping = builder.index(
            of: ProfileMapping(
                addresses: Address(0x1000)..<Address(0x2000),
                fileOffset: 0,
                path: object,
                buildID: "",
                hasFunctions: true
            )
        )
        let function = builder.index(of: ProfileFunction(name: name, systemName: name))
        return builder.index(
            of: ProfileLocation(
                mapping: mapping,
                address: Address(0x1000),
                lines: [ProfileLocation.Line(function: function, line: 0)]
            )
        )
    }

    /// A state that has taken these in.
    func state(
        _ windows: RecordedWindow...,
        view: TopView = .function,
        showsWaits: Bool = false
    ) -> TopState {
        var state = TopState(view: view, showsWaits: showsWaits)
        for window in windows { state.add(window) }
        return state
    }

    /// A screen over a header for `busy`.
    func screen(columns: Int, rows: Int) -> TopScreen {
        screen(ScreenSize(columns: columns, rows: rows))
    }

    func screen(_ size: ScreenSize) -> TopScreen {
        let subject = TopHeader.Subject(title: "busy", rate: SamplingRate(hertz: 99))
        return TopScreen(header: TopHeader(subject: subject, deniedCount: 0), size: size)
    }
}

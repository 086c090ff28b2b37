// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Testing

@Suite struct OwnerTableTests {
    private func profile(
        _ stacks: [(function: String, group: String?, thread: Int32?, samples: UInt64)]
    ) -> Profile {
        var builder = ProfileBuilder(
            kind: .cpu,
            startNanoseconds: 0,
            periodNanoseconds: 1,
            target: ""
        )
        for stack in stacks {
            let function = builder.index(
                of: ProfileFunction(name: stack.function, systemName: stack.function)
            )
            let location = builder.index(
                of: ProfileLocation(
                    mapping: nil,
                    address: Address(0),
                    lines: [ProfileLocation.Line(function: function, line: 0)]
                )
            )
            var labels = ProfileSample.Labels()
            labels.group = stack.group
            labels.process = ProcessID(1)
            labels.thread = stack.thread.map { ThreadID($0) }
            builder.add(
                stack: [location],
                count: stack.samples,
                nanoseconds: stack.samples * 10,
                end: .complete,
                labels: labels
            )
        }
        return builder.build()
    }

    private var mixed: Profile {
        profile([
            ("f", "a", 2, 3), ("g", "a", 2, 4), ("g", "b", 3, 9), ("[unsampled]", "a", nil, 1),
        ])
    }

    @Test func addsUpThreads() {
        let table = OwnerTable(mixed, by: .thread)
        #expect(table.rows.map { $0.owner.thread?.rawValue } == [3, 2, nil])
        #expect(table.rows.map(\.weight.samples) == [9, 7, 1])
        #expect(table.rows.map(\.busiest.function) == ["g", "g", "[unsampled]"])
        // A thread whose own name is not known goes by its group's.
        #expect(table.rows.map(\.owner.name) == ["b", "a", "a"])
        #expect(table.weight.nanoseconds == 170)
    }

    @Test func addsUpGroups() {
        let table = OwnerTable(mixed, by: .group)
        #expect(table.rows.map(\.owner) == [.init(name: "b"), .init(name: "a")])
        #expect(table.rows.map(\.weight.samples) == [9, 8])
    }

    @Test func ofNothingThereAreNoRows() {
        #expect(OwnerTable(profile([]), by: .group).rows.isEmpty)
    }
}

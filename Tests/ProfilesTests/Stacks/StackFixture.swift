// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

/// Makes profiles of stacks that are written as names, the root first: `"main f g"`.
///
/// A name is in the object `busy`; `+` joins what was inlined at one location, the caller first.
struct StackFixture: ~Copyable {
    private var builder = ProfileBuilder(
        kind: .cpu,
        startNanoseconds: 0,
        periodNanoseconds: 10_000_000,
        target: "busy"
    )
    private let mapping: Int

    init() {
        mapping = builder.index(
            of: ProfileMapping(
                addresses: Address(0x1000)..<Address(0x2000),
                fileOffset: 0,
                path: "/usr/bin/busy",
                buildID: "",
                hasFunctions: true
            )
        )
    }

    /// Each sample weighs 10 ns, so that both weights can be told apart.
    mutating func add(_ stack: String, samples: UInt64 = 1, end: StackEnd = .complete) {
        var locations: [Int] = []
        for location in stack.split(separator: " ") {
            let lines = location.split(separator: "+").reversed().map { name in
                let function = ProfileFunction(name: String(name), systemName: String(name))
                return ProfileLocation.Line(function: builder.index(of: function), line: 0)
            }
            locations.append(
                builder.index(
                    of: ProfileLocation(mapping: mapping, address: Address(0x1000), lines: lines)
                )
            )
        }
        builder.add(
            stack: locations.reversed(),
            count: samples,
            nanoseconds: samples * 10,
            end: end
        )
    }

    consuming func build() -> Profile { builder.build() }
}

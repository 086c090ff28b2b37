// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Profiles

@Suite
struct ProfileTests {
    @Test(arguments: [
        ("/usr/lib/libc.so.6", "libc.so.6"), ("[vdso]", "[vdso]"), ("", "[anonymous]"),
        ("/", "[anonymous]"),
    ])
    func namesTheObject(path: String, object: String) {
        let mapping = ProfileMapping(
            addresses: Address(0)..<Address(1),
            fileOffset: 0,
            path: path,
            buildID: "",
            hasFunctions: false
        )
        #expect(mapping.object == object)
    }

    @Test func keepsWhatWasOnACPU() {
        var builder = ProfileBuilder(
            kind: .wall,
            startNanoseconds: 3,
            periodNanoseconds: 1,
            target: "x"
        )
        let location = builder.index(
            of: ProfileLocation(mapping: nil, address: Address(1), lines: [])
        )
        var waiting = ProfileSample.Labels()
        waiting.isOffCPU = true
        builder.add(stack: [location], count: 1, nanoseconds: 10, end: .complete, labels: waiting)
        builder.add(stack: [location], count: 2, nanoseconds: 20, end: .complete)
        let profile = builder.build()
        #expect(profile.samples.count == 2)
        #expect(profile.onCPU.nanoseconds == 20)
        #expect(profile.onCPU.kind == .cpu)
        #expect(profile.onCPU.startNanoseconds == 3)
        #expect(profile.onCPU.locations == profile.locations)
    }
}

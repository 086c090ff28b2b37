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
}

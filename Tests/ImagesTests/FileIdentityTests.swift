// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct FileIdentityTests {
    private let identity = FileIdentity(
        device: 1,
        inode: 2,
        byteCount: 3,
        modifiedNanoseconds: 4,
        changedNanoseconds: 5
    )

    @Test func everyPartCounts() {
        let others = [
            FileIdentity(
                device: 9,
                inode: 2,
                byteCount: 3,
                modifiedNanoseconds: 4,
                changedNanoseconds: 5
            ),
            FileIdentity(
                device: 1,
                inode: 9,
                byteCount: 3,
                modifiedNanoseconds: 4,
                changedNanoseconds: 5
            ),
            FileIdentity(
                device: 1,
                inode: 2,
                byteCount: 9,
                modifiedNanoseconds: 4,
                changedNanoseconds: 5
            ),
            FileIdentity(
                device: 1,
                inode: 2,
                byteCount: 3,
                modifiedNanoseconds: 9,
                changedNanoseconds: 5
            ),
            FileIdentity(
                device: 1,
                inode: 2,
                byteCount: 3,
                modifiedNanoseconds: 4,
                changedNanoseconds: 9
            ),
        ]
        for other in others { #expect(other != identity) }
    }

    @Test func anExpectedFileMatchesByInodeAndByDeviceWhereItIsKnown() {
        #expect(ExpectedFile(device: 1, inode: 2).matches(identity))
        #expect(ExpectedFile(device: nil, inode: 2).matches(identity))
        #expect(!ExpectedFile(device: 9, inode: 2).matches(identity))
        #expect(!ExpectedFile(device: 1, inode: 9).matches(identity))
        #expect(!ExpectedFile(device: nil, inode: 9).matches(identity))
    }
}

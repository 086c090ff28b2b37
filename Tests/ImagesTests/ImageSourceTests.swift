// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Images

@Suite struct ImageSourceTests {
    @Test func memoryIsReadLikeAFile() throws {
        let memory = ImageBytes([1, 2, 3, 4])
        #expect(memory.byteCount == 4)
        #expect(try memory.read(at: 1, count: 2) == [2, 3])
        #expect(try memory.read(at: 4, count: 0) == [])
    }

    @Test(
        arguments: [(UInt64, Int)](
            arrayLiteral: (0, 5),
            (4, 1),
            (5, 0),
            (UInt64.max, 1),
            (1, Int.max),
            (0, -1)
        )
    )
    func hasNothingBeyondItsEnd(offset: UInt64, count: Int) {
        #expect(throws: ImageFailure.truncated) {
            try ImageBytes([1, 2, 3, 4]).read(at: offset, count: count)
        }
    }
}

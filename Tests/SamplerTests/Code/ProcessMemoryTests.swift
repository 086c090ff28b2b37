// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct ProcessMemoryTests {
    private let own = ThreadID(getpid())

    @Test func copiesWhatIsThere() {
        let bytes: [UInt8] = (0..<64).map { $0 }
        bytes.withUnsafeBytes { buffer in
            let address = Address(UInt64(UInt(bitPattern: buffer.baseAddress)))
            #expect(ProcessMemory.copy(64, from: address, of: own) == bytes)
            #expect(ProcessMemory.copy(0, from: address, of: own).isEmpty)
            #expect(ProcessMemory.copy(-1, from: address, of: own).isEmpty)
        }
    }

    @Test func givesNothingWhereThereIsNothing() {
        #expect(ProcessMemory.copy(8, from: Address(0), of: own).isEmpty)
        #expect(ProcessMemory.copy(8, from: Address(.max - 8), of: own).isEmpty)
    }
}

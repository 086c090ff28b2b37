// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles

@testable import Sampler

/// A mapping of code that no file is behind.
func anonymousCode(_ addresses: Range<UInt64>) -> ExecutableMapping {
    ExecutableMapping(
        start: Address(addresses.lowerBound),
        end: Address(addresses.upperBound),
        permissions: [.read, .execute],
        fileOffset: 0,
        device: DeviceNumber(major: 0, minor: 0),
        inode: 0,
        backing: .anonymous
    )
}

/// A mapping of code of a file, which need not be there.
func fileCode(_ addresses: Range<UInt64>) -> ExecutableMapping {
    ExecutableMapping(
        start: Address(addresses.lowerBound),
        end: Address(addresses.upperBound),
        permissions: [.read, .execute],
        fileOffset: 0,
        device: DeviceNumber(major: 0, minor: 1),
        inode: 1,
        backing: .file(path: Array("/no/such/file".utf8), isDeleted: false)
    )
}

/// A code map of such mappings.
func anonymousMap(_ ranges: [Range<UInt64>]) -> CodeMap {
    CodeMap(
        regions: ranges.map {
            MappedCode(process: ProcessID(1), mapping: anonymousCode($0)) { _ in .none }
        },
        readAt: MonotonicInstant(nanoseconds: 0)
    )
}

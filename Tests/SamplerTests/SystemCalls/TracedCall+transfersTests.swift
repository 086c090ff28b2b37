// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite struct TracedCallTransfersTests {
    private func call(_ name: String) throws -> TracedCall {
        TracedCall(.native, SystemCallNumber(try #require(SystemCallNames.numbers[name])))
    }

    @Test(
        "a call counts as the kernel counts it",
        arguments: [
            ("read", nil, 1), ("write", nil, 1), ("pread64", nil, 1), ("readv", EBADF, 1),
            ("read", EAGAIN, 1), ("read", EBADF, 0), ("write", EFAULT, 0), ("sendfile", nil, 2),
            ("sendfile", EINVAL, 0), ("getppid", nil, 0), ("sendto", nil, 0), ("recvfrom", nil, 0),
        ] as [(String, Int32?, UInt64)]
    )
    func counts(name: String, failure: Int32?, transfers: UInt64) throws {
        #expect(try call(name).countedTransfers(failure: failure) == transfers)
    }

    @Test("calls of other interfaces have other numbers")
    func foreign() throws {
        let read = try call("read").number
        #expect(TracedCall(.bits32, read).countedTransfers(failure: nil) == 0)
    }

    @Test("as the kernel does, of this thread")
    func kernel() throws {
        var reader = ProcReader()
        let (process, thread) = (ProcessID(getpid()), ThreadID(cptrace_gettid()))
        func reading() -> TransferCounts? { reader.transfers(of: thread, in: process).value }
        // The second reading is the one that counts the reads of the first.
        let first = try #require(reading())
        let second = try #require(reading())
        let own = try #require(second.since(first)).calls
        var byte: UInt8 = 0
        let zero = open("/dev/zero", O_RDONLY)
        defer { close(zero) }
        #expect(read(zero, &byte, 1) == 1)
        #expect(read(-1, &byte, 1) < 0)
        var vector = unsafe iovec(iov_base: nil, iov_len: 0)
        #expect(unsafe readv(-1, &vector, 1) < 0)
        let third = try #require(reading())
        let made = try #require(third.since(second)).calls - own
        let expected =
            try call("read").countedTransfers(failure: nil)
            + call("read").countedTransfers(failure: EBADF)
            + call("readv").countedTransfers(failure: EBADF)
        #expect(made == expected)
    }
}

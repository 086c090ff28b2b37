// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Testing

@testable import Sampler

@Suite struct ThreadCallsTests {
    private let read = TracedCall(.native, SystemCallNumber(Int32(SYS_read)))
    private let getppid = TracedCall(.native, SystemCallNumber(Int32(SYS_getppid)))

    @Test func countsCallsAndTransfers() {
        var calls = ThreadCalls()
        calls.count(read)
        calls.count(read, failure: EBADF)
        calls.count(getppid)
        #expect(calls.counts == [read: 2, getppid: 1])
        #expect(calls.transfers == 1)
    }

    @Test func mergesWhatOtherWindowsSaw() {
        var calls = ThreadCalls()
        calls.count(read)
        calls.watchedNanoseconds = 5
        var other = ThreadCalls()
        other.count(read)
        other.count(getppid)
        other.watchedNanoseconds = 7
        other.heldNanoseconds = 3
        calls.merge(other)
        #expect(calls.counts == [read: 2, getppid: 1])
        #expect(calls.transfers == 2)
        #expect(calls.watchedNanoseconds == 12)
        #expect(calls.heldNanoseconds == 3)
    }
}

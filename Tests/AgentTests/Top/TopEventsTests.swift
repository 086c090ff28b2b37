// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Testing

@testable import Agent

@Suite struct TopEventsTests {
    @Test func hearsWhatIsTypedAndTheEndOfIt() async throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        // A program that another test starts must not keep it open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let events = TopEvents()
        let source = events.hearKeys(of: ends[0])
        defer { source.cancel() }
        var iterator = events.stream.makeAsyncIterator()
        #expect(write(ends[1], "jq", 2) == 2)
        guard case .typed(let bytes) = await iterator.next() else {
            Issue.record("nothing was typed")
            return
        }
        #expect(bytes == Array("jq".utf8))
        close(ends[1])
        guard case .interrupted = await iterator.next() else {
            Issue.record("the input has not ended")
            return
        }
    }

    @Test func handsOnWhatIsSent() async {
        let events = TopEvents()
        events.send(.targetsEnded)
        var iterator = events.stream.makeAsyncIterator()
        guard case .targetsEnded = await iterator.next() else {
            Issue.record("another event")
            return
        }
    }

    @Test func hearsTheSignalOfANewSize() async {
        let events = TopEvents()
        let sources = events.hearSignals(ofTerminal: true)
        defer { for source in sources { source.cancel() } }
        var iterator = events.stream.makeAsyncIterator()
        // Until it is heard: a source is not there at once. Programs do nothing about it otherwise.
        let sender = Task {
            while !Task.isCancelled {
                kill(getpid(), SIGWINCH)
                await Task.yield()
            }
        }
        defer { sender.cancel() }
        guard case .resized = await iterator.next() else {
            Issue.record("another event")
            return
        }
    }
}

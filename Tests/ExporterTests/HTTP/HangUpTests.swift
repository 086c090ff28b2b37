// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import Testing

@testable import Exporter

@Suite("HangUp")
struct HangUpTests {
    @Test("work goes on while the client is there, and gives its value")
    func present() async {
        #expect(await HangUp().cancelling { Task.isCancelled ? 0 : 7 } == 7)
    }

    @Test("work ends when the client goes, and at once if it has gone before")
    func gone() async {
        let hangUp = HangUp()
        let begun = Gate(isOpen: true)
        async let ended = hangUp.cancelling {
            await begun.pass()
            await waitForCancellation()
            return Task.isCancelled
        }
        await begun.waitForArrivals(1)
        hangUp.happen()
        #expect(await ended)
        await hangUp.cancelling { await waitForCancellation() }
    }

    @Test("work ends when the caller is cancelled")
    func cancelled() async {
        let begun = Gate(isOpen: true)
        let caller = Task {
            await HangUp().cancelling {
                await begun.pass()
                await waitForCancellation()
                return Task.isCancelled
            }
        }
        await begun.waitForArrivals(1)
        caller.cancel()
        #expect(await caller.value)
    }

    /// What makes a client gone.
    enum Event: CaseIterable {
        case inputClosed
        case inactive
        case removed
    }

    @Test(
        "a connection tells of its client's end, and passes the event on",
        arguments: Event.allCases
    )
    func connection(event: Event) throws {
        let hangUps = HangUps()
        let channel = EmbeddedChannel()
        let handler = hangUps.makeHandler()
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        #expect(hangUps.count == 1)
        let hangUp = hangUps.hangUp(of: channel)
        #expect(hangUps.hangUp(of: channel) === hangUp)
        #expect(!hangUp.isGone)

        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.outputClosed)
        #expect(!hangUp.isGone)
        switch event {
        case .inputClosed:
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .inactive: channel.pipeline.fireChannelInactive()
        case .removed: try channel.pipeline.syncOperations.removeHandler(handler).wait()
        }
        #expect(hangUp.isGone)
        _ = try channel.finish(acceptAlreadyClosed: true)
        #expect(hangUps.count == 0)
    }

    @Test("of a connection that is not known nothing is told")
    func unknown() {
        let hangUps = HangUps()
        #expect(!hangUps.hangUp(of: EmbeddedChannel()).isGone)
        #expect(hangUps.count == 0)
    }
}

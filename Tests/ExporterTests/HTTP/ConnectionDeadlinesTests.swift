// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import Testing

@testable import Exporter

@Suite("ConnectionDeadlines")
struct ConnectionDeadlinesTests {
    private func connect(
        table: ConnectionTable = ConnectionTable(maximum: 1)
    ) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(
            ConnectionDeadlines(
                headerTimeout: .seconds(5),
                writeTimeout: .seconds(30),
                table: table
            )
        )
        return channel
    }

    @Test("closes a connection that sends no request in time")
    func header() throws {
        let channel = try connect()
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(4999))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!channel.isActive)
    }

    @Test("leaves a connection alone that sent its request, and passes the request on")
    func request() throws {
        let channel = try connect()
        try channel.writeInbound(1)
        #expect(try channel.readInbound(as: Int.self) == 1)
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(channel.isActive)
        #expect(try channel.finish().isClean)
    }

    @Test("closes a connection that does not take its answer")
    func write() throws {
        let channel = try connect()
        try channel.writeInbound(1)
        // Without a flush the write stays pending, as it does when a socket's buffer is full.
        channel.write(ByteBuffer(string: "a"), promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        channel.write(ByteBuffer(string: "b"), promise: nil)
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("makes room for others when it has sent no request, or has its answer")
    func crowd() throws {
        let table = ConnectionTable(maximum: 1)
        let first = try connect(table: table)
        let second = try connect(table: table)
        first.embeddedEventLoop.run()
        #expect(!first.isActive)
        try second.writeInbound(1)
        let third = try connect(table: table)
        third.embeddedEventLoop.run()
        #expect(!third.isActive, "the second is being answered")
        #expect(second.isActive)
        try second.writeOutbound(ByteBuffer(string: "a"))
        let fourth = try connect(table: table)
        second.embeddedEventLoop.run()
        #expect(!second.isActive)
        #expect(fourth.isActive)
    }

    @Test("leaves a connection alone whose answer was taken")
    func written() throws {
        let channel = try connect()
        try channel.writeInbound(1)
        try channel.writeOutbound(ByteBuffer(string: "a"))
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(channel.isActive)
        _ = try channel.readOutbound(as: ByteBuffer.self)
    }
}

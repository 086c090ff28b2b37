// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Closes connections whose client keeps them open without using them.
///
/// Two cases that an idle time-out does not see: a new client that sends the head of its first
/// request too slowly, and one that does not take the bytes of an answer.
final class ConnectionDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private let headerTimeout: TimeAmount
    private let writeTimeout: TimeAmount
    private var headerDeadline: Scheduled<Void>?
    private var writeDeadline: Scheduled<Void>?
    private var pendingWrites = 0
    private let table: ConnectionTable
    private var ticket: ConnectionTable.Ticket?

    init(headerTimeout: Duration, writeTimeout: Duration, table: ConnectionTable) {
        self.headerTimeout = TimeAmount(headerTimeout)
        self.writeTimeout = TimeAmount(writeTimeout)
        self.table = table
    }

    func handlerAdded(context: ChannelHandlerContext) {
        headerDeadline = scheduleClose(in: headerTimeout, context: context)
        let channel = context.channel
        ticket = table.add { channel.eventLoop.execute { channel.close(promise: nil) } }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        headerDeadline?.cancel()
        headerDeadline = nil
        note(isWaiting: false)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        pendingWrites += 1
        if writeDeadline == nil {
            writeDeadline = scheduleClose(in: writeTimeout, context: context)
        }
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            pendingWrites -= 1
            guard pendingWrites == 0 else { return }
            writeDeadline?.cancel()
            writeDeadline = nil
            note(isWaiting: true)
        }
        context.write(data, promise: written)
    }

    private func scheduleClose(
        in time: TimeAmount,
        context: ChannelHandlerContext
    ) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            context.close(promise: nil)
        }
    }

    private func note(isWaiting: Bool) {
        if let ticket { table.set(ticket, isWaiting: isWaiting) }
    }

    private func end() {
        cancelAll()
        if let ticket { table.remove(ticket) }
        ticket = nil
    }

    private func cancelAll() {
        headerDeadline?.cancel()
        writeDeadline?.cancel()
        headerDeadline = nil
        writeDeadline = nil
    }
}

@available(*, unavailable)
extension ConnectionDeadlines: Sendable {}

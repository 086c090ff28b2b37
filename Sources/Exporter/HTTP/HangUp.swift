// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ServiceLifecycle
import Synchronization

/// Ends the work for a client that has gone.
///
/// A client that closes its sending half looks from here like one that closes its connection, so
/// both count as gone; Go's server takes them so, too.
final class HangUp: Sendable {
    private struct State {
        var isGone = false
        /// Ends the request in progress; a connection has one at a time.
        var end: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var isGone: Bool { state.withLock { $0.isGone } }

    /// The client has gone.
    func happen() {
        let end = state.withLock { state in
            state.isGone = true
            return state.end
        }
        end?()
    }

    /// Does the work as a task that is cancelled when the client has gone, when the caller is
    /// cancelled, or when the server is to stop.
    func cancelling<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value {
        let task = Task { await work() }
        state.withLock { $0.end = { task.cancel() } }
        if isGone { task.cancel() }
        defer { state.withLock { $0.end = nil } }
        return await withTaskCancellationOrGracefulShutdownHandler {
            await task.value
        } onCancelOrGracefulShutdown: {
            task.cancel()
        }
    }
}

/// The connections of a server.
///
/// The server hands a request's channel on, and a channel has no room for a value of ours: so what
/// belongs to it is kept here.
final class HangUps: Sendable {
    private let connections = Mutex<[ObjectIdentifier: HangUp]>([:])

    /// What tells of a connection; of one that is not kept here, nothing is told.
    func hangUp(of channel: any Channel) -> HangUp {
        connections.withLock { $0[ObjectIdentifier(channel)] } ?? HangUp()
    }

    var count: Int { connections.withLock { $0.count } }

    /// For the pipeline of a new connection.
    func makeHandler() -> HangUpHandler { HangUpHandler(self) }

    fileprivate func set(_ hangUp: HangUp?, for channel: ObjectIdentifier) {
        connections.withLock { $0[channel] = hangUp }
    }
}

/// Notices that the client of its connection has gone.
final class HangUpHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let hangUps: HangUps
    private let hangUp = HangUp()
    private var channel: ObjectIdentifier?

    fileprivate init(_ hangUps: HangUps) { self.hangUps = hangUps }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = ObjectIdentifier(context.channel)
        self.channel = channel
        hangUps.set(hangUp, for: channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        hangUp.happen()
        if let channel { hangUps.set(nil, for: channel) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        hangUp.happen()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { hangUp.happen() }
        context.fireUserInboundEventTriggered(event)
    }
}

@available(*, unavailable)
extension HangUpHandler: Sendable {}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks a running agent through its admin socket.
package struct AdminClient: Sendable {
    package struct Answer: Sendable {
        /// Nil for a status that no agent gives.
        package let outcome: AdminOutcome?
        /// A profile, or a line that says why there is none.
        package let body: [UInt8]
    }

    /// Why there is no answer.
    package enum Failure: Error, Equatable, Sendable {
        /// Nobody can be asked there (errno(3)).
        case notConnected(Int32)
        /// The agent went away before it had answered.
        case brokenOff
        /// The answer is longer than any profile.
        case tooLong
    }

    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    private let path: String

    package init(path: String) { self.path = path }

    /// Asks, and waits for as long as the agent samples; cancelling the task hangs up.
    package func ask(_ request: AdminRequest) async throws(Failure) -> Answer {
        let connection: Connection
        do {
            connection = try await connect()
        } catch {
            throw .notConnected((error as? IOError)?.errnoCode ?? 0)
        }
        let answer: Answer?
        do {
            answer = try await connection.executeThenClose { inbound, outbound in
                // The head alone is a whole request: a refusal may have come, and the connection
                // have ended, before its end is written. What can be read says which it was.
                let head = Self.head(request.url)
                try? await outbound.write(contentsOf: [.head(head), .end(nil)])
                return try await Self.read(inbound)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .brokenOff
        }
        guard let answer else { throw .brokenOff }
        return answer
    }

    private func connect() async throws -> Connection {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func head(_ url: String) -> HTTPRequestHead {
        HTTPRequestHead(
            version: .http1_1,
            method: .POST,
            uri: url,
            headers: ["host": "localhost", "content-length": "0", "connection": "close"]
        )
    }

    /// The whole answer; nil where it was broken off.
    private static func read(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>
    ) async throws -> Answer? {
        var status = 0
        var body: [UInt8] = []
        for try await part in inbound {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(let bytes):
                guard body.count + bytes.readableBytes <= ProfileReader.byteLimit else {
                    throw Failure.tooLong
                }
                body += bytes.readableBytesView
            case .end: return Answer(outcome: AdminOutcome(status: status), body: body)
            }
        }
        return nil
    }
}

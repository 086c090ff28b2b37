// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOEmbedded
import Profiles
import Synchronization
import Testing

@testable import Exporter

@Suite("PeerCredentials")
struct PeerCredentialsTests {
    @Test("the kernel says who has connected")
    func unixSocket() async throws {
        let (seen, continuation) = AsyncStream.makeStream(of: PeerCredentials.self)
        let source: AdminSource = { _, peer in
            continuation.yield(peer)
            return .refused(.failed, "seen")
        }
        try await AdminSocket.serving(source) { path in
            _ = try await AdminClient(path: path).ask(AdminRequest(target: .named("x")))
        }
        var iterator = seen.makeAsyncIterator()
        let own = PeerCredentials(process: getpid(), user: geteuid(), group: getegid())
        #expect(await iterator.next() == own)
    }

    @Test("of any other channel nothing is known")
    func otherChannel() async {
        #expect(await PeerCredentials.of(EmbeddedChannel()) == nil)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Profiles
import Testing

@testable import Exporter

@Suite("AdminClient")
struct AdminClientTests {
    private static let request = AdminRequest(
        target: .processes([ProcessID(7)]),
        seconds: 2,
        rate: SamplingRate(hertz: 49),
        separatesThreads: true
    )

    @Test("what is asked arrives, and the reason of a refusal comes back")
    func exchange() async throws {
        let (seen, continuation) = AsyncStream.makeStream(of: AdminRequest.self)
        let source: AdminSource = { request, _ in
            continuation.yield(request)
            return .refused(.notFound, "no process 7")
        }
        try await AdminSocket.serving(source) { path in
            let answer = try await AdminClient(path: path).ask(Self.request)
            #expect(answer.outcome == .notFound)
            #expect(answer.body == Array("no process 7\n".utf8))
        }
        var iterator = seen.makeAsyncIterator()
        #expect(await iterator.next() == Self.request)
    }

    @Test("an answer that ends the connection as soon as the request has come is an answer")
    func hasty() async throws {
        let refusal = "HTTP/1.1 409 Conflict\r\ncontent-length: 6\r\n\r\nnever\n"
        try await AdminSocket.answering(refusal) { path in
            for _ in 0..<1_000 {
                let answer = try await AdminClient(path: path).ask(Self.request)
                #expect(answer.outcome == .excluded)
            }
        }
    }

    @Test("where nobody listens, that is what is said")
    func nobody() async {
        let client = AdminClient(path: "/nonexistent/admin.sock")
        await #expect(throws: AdminClient.Failure.notConnected(ENOENT)) {
            try await client.ask(Self.request)
        }
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Testing

@testable import Exporter

@Suite("BasicAuthentication")
struct BasicAuthenticationTests {
    private let counter = WebSecurityCounter()
    private let worker = SerialWorker(maximumPending: 3)

    private func authentication() throws -> BasicAuthentication {
        BasicAuthentication(
            users: ["ann": try BcryptHash(SecurityFixture.hash)],
            worker: worker,
            counter: counter
        )
    }

    private var checks: UInt64 { counter.counts.passwordChecks }

    @Test("a user with the right password is let in, and the password is checked once")
    func right() async throws {
        let authentication = try authentication()
        for _ in 0..<3 {
            #expect(await authentication.decide(on: basic("ann", "correct horse")) == .allowed)
        }
        #expect(checks == 1)
    }

    @Test("a wrong password costs one check, and so does a user that there is not")
    func wrong() async throws {
        let authentication = try authentication()
        for (user, password) in [
            ("ann", "wrong"), ("bob", "wrong"), ("ann", "wronger"), ("bob", "correct horse"),
            ("", ""), ("Ann", "correct horse"),
        ] {
            let before = checks
            for _ in 0..<2 {
                #expect(await authentication.decide(on: basic(user, password)) == .denied)
            }
            #expect(checks == before + 1)
        }
    }

    @Test(
        "without credentials that can be read nobody is let in, and nothing is checked",
        arguments: [nil, "", "Basic", "Bearer abc", "Basic YTpi, Basic YTpi", "Basic !!!!"]
    )
    func none(header: String?) async throws {
        #expect(try await authentication().decide(on: header) == .denied)
        #expect(checks == 0)
    }

    @Test("what comes while the same is being checked waits for that")
    func together() async throws {
        let authentication = try authentication()
        await withDiscardingTaskGroup { tasks in
            for _ in 0..<3 {
                tasks.addTask {
                    let outcome = await authentication.decide(on: basic("ann", "correct horse"))
                    #expect(outcome == .allowed)
                }
            }
        }
        #expect(checks == 1)
    }

    @Test("where too many checks wait it says so, and still lets in whom it knows")
    func busy() async throws {
        let authentication = try authentication()
        #expect(await authentication.decide(on: basic("ann", "correct horse")) == .allowed)
        let gate = DispatchSemaphore(value: 0)
        let blocked = (0..<3).map { _ in Task { [worker] in await worker.run { gate.wait() } } }
        while worker.pendingCount < 3 { await Task.yield() }

        #expect(await authentication.decide(on: basic("ann", "wrong")) == .busy)
        #expect(await authentication.decide(on: basic("bob", "wrong")) == .busy)
        #expect(await authentication.decide(on: basic("ann", "correct horse")) == .allowed)
        for _ in blocked { gate.signal() }
        for task in blocked { _ = await task.value }
        #expect(await authentication.decide(on: basic("ann", "wrong")) == .denied)
        #expect(checks == 2)
    }

    @Test("a hash is checked for no user either, when there is none")
    func noUsers() async throws {
        let nobody = BasicAuthentication(users: [:], worker: worker, counter: counter)
        #expect(await nobody.decide(on: basic("ann", "correct horse")) == .denied)
        #expect(checks == 1)
    }
}

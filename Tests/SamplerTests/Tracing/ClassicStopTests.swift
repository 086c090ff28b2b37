// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import CPtrace
import Glibc
import Profiles
import Testing

@testable import Sampler

@Suite(.serialized)
struct ClassicStopTests {
    @Test("The kernel's own signals are told from others of the same number")
    func origins() {
        let kernel = Int32(SI_KERNEL)
        #expect(ClassicStop(SIGSTOP, code: kernel) { false } == .interrupt)
        #expect(ClassicStop(SIGSTOP, code: Int32(SI_USER)) { false } == .signal(SIGSTOP))
        #expect(ClassicStop(SIGTRAP, code: Int32(SI_USER)) { true } == .execTrap)
        #expect(ClassicStop(SIGTRAP, code: Int32(SI_USER)) { false } == .signal(SIGTRAP))
        #expect(ClassicStop(SIGTRAP, code: kernel) { true } == .signal(SIGTRAP))
        #expect(ClassicStop(SIGTRAP, code: 1) { true } == .signal(SIGTRAP))
    }

    @Test("A program that is attached to in the middle of its exec lives on")
    func exec() throws {
        var survivors = 0
        for _ in 0..<200 {
            let child = try ProcChild(["cat"])
            var settings = EngineSettings()
            settings.method = .attach
            settings.looks = false
            var engine = StopEngine(
                settings: settings,
                childSignal: try ChildSignal.open(),
                timer: try DeadlineTimer(thread: ThreadID(cptrace_gettid())),
                watch: try SeizeWatch(),
                guardPage: nil
            )
            _ = engine.visit(
                VisitRequest(process: child.process, thread: child.leader, lookedAt: .now())
            )
            engine.settleAllDebts(before: .now().advanced(byNanoseconds: 5_000_000_000))
            close(engine.childSignal)
            // It reads a pipe for ever: whoever is gone was killed.
            var information = siginfo_t()
            let result = waitid(
                P_PID,
                id_t(child.process.rawValue),
                &information,
                WEXITED | WNOHANG | WNOWAIT
            )
            if result == 0, information.si_signo == 0 { survivors += 1 }
        }
        #expect(survivors == 200)
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Profiles
import Sampler
import Synchronization
import SystemPackage

/// The agent's side of its canary.
final class CanaryProcess: Sendable {
    private let helper: HelperProcess
    private let page: CanaryPage
    private let nextSignal = Atomic<UInt64>(0)

    private init(helper: HelperProcess, page: CanaryPage) {
        self.helper = helper
        self.page = page
    }

    static func start() throws(Errno) -> CanaryProcess {
        let shared = try SharedPage.make(in: nil, name: "canary")
        let helper = try HelperProcess.start(verb: "canary", page: shared.descriptor)
        guard let page = CanaryPage(descriptor: shared.descriptor) else {
            helper.end()
            throw Errno.noMemory
        }
        return CanaryProcess(helper: helper, page: page)
    }

    var process: ProcessID { helper.process }

    /// What the canary has counted.
    var figures: CanaryPage.Figures { page.figures }

    /// Puts the canary through one round on the tracer's thread.
    func exercise(with tracer: Tracer) async {
        let helper = helper
        let next = await tracer.exercise(
            helper.process,
            firstSignal: nextSignal.load(ordering: .relaxed)
        ) { helper.poke() }
        nextSignal.store(next, ordering: .relaxed)
    }

    /// Asks for a round without visiting.
    func requestRound() { helper.poke() }

    func end() { helper.end() }
}

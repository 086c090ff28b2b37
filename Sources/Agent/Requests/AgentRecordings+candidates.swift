// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Exporter
import Profiles
import Sampler

/// Why nothing is sampled for a request.
struct RecordingRefusal: Error, Equatable {
    let outcome: AdminOutcome
    let line: String

    init(_ outcome: AdminOutcome, _ line: String) {
        self.outcome = outcome
        self.line = line
    }

    /// What the sampler says of a process.
    init(_ refusal: TargetWatch.LoanRefusal) {
        let outcome: AdminOutcome =
            switch refusal {
            case .rule: .excluded
            case .check(let check):
                switch check {
                case .noSuchProcess, .exited, .isThread: .notFound
                case .kernelThread, .protected, .alreadyTraced, .allowed: .excluded
                case .notPermitted, .unreadable: .failed
                }
            }
        self.init(outcome, refusal.description)
    }

    var answer: AdminAnswer { .refused(outcome, line) }
}

extension AgentRecordings {
    /// The processes that a request means, with whose they are and since when: those that the user
    /// who asks may have sampled.
    ///
    /// A user who names a program means their own processes of it; one who names a process that is
    /// not theirs is refused.
    func candidates(
        of request: AdminRequest,
        for user: UInt32
    ) throws(RecordingRefusal) -> [(id: ProcessID, owner: ProcessOwner)] {
        let scan = ProcessScan(root: procRoot)
        var found: [(id: ProcessID, owner: ProcessOwner)] = []
        for process in processes(of: request, scan) {
            guard let owner = ProcessOwner.read(process, with: &reader, scan: scan) else {
                continue
            }
            guard owner.permits(user) else {
                guard case .processes = request.target else { continue }
                throw RecordingRefusal(
                    .notPermitted,
                    "process \(process) is not user \(user)'s alone; only its own user and root "
                        + "may have it sampled"
                )
            }
            found.append((process, owner))
        }
        guard found.isEmpty else {
            guard found.count <= AdminRequest.processLimit else {
                throw RecordingRefusal(
                    .malformed,
                    "\(found.count) processes are named so; at most \(AdminRequest.processLimit) "
                        + "can be recorded at a time"
                )
            }
            return found
        }
        // Whether others have one is not for this user to know.
        guard case .named = request.target, user != 0 else {
            throw RecordingRefusal(.notFound, "no process of \(request.title) is there")
        }
        throw RecordingRefusal(
            .notFound,
            "no process named \(request.title) is user \(user)'s; only its own user and root may "
                + "have a process sampled"
        )
    }

    private func processes(of request: AdminRequest, _ scan: ProcessScan) -> [ProcessID] {
        switch request.target {
        case .processes(let processes):
            var seen: Set<ProcessID> = []
            return processes.filter { seen.insert($0).inserted }
        case .named(let name):
            var processes: [ProcessID] = []
            _ = TargetSelection.named(name).list(with: scan, into: &processes)
            return processes
        }
    }
}

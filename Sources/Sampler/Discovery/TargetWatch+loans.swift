// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

extension TargetWatch {
    /// A process that is sampled for requests.
    struct Loan {
        let target: SampledProcess
        /// How many requests want it.
        var borrowers: Int
    }

    /// Why a process is not sampled for a request.
    package enum LoanRefusal: Error, Equatable, Sendable {
        /// It is gone, or protected, or the kernel refuses.
        case check(TargetCheck)
        /// A rule of the configuration excludes it.
        case rule(ProcessID, command: String)
    }

    /// Processes that are sampled for requests now.
    package var loanCount: Int { loans.count }

    /// Has a process sampled for a request, until it is taken back.
    ///
    /// What holds for all targets holds here: a protected process stays so, and one that the
    /// configuration excludes. Only that no rule includes it does not matter.
    ///
    /// - Parameter startTime: when the process began that is meant; another one under its number is
    ///   not lent.
    /// - Returns: the process, which is to be sampled from now on if it is lent.
    package func lend(
        _ process: ProcessID,
        startedAt startTime: StartTime
    ) throws(LoanRefusal) -> SampledProcess {
        if let target = sampled(process), target.startTime == startTime {
            borrow(SampledProcess(id: process, startTime: startTime, group: target.group))
            return target
        }
        let surroundings = AgentSurroundings.read(
            with: &reader,
            excludedChildren: excludedChildren
        )
        if let refusal = refusal(of: process, beside: surroundings) { throw refusal }
        guard let stat = reader.stat(of: process).value, stat.startTime == startTime else {
            throw .check(.noSuchProcess(process))
        }
        let group = resolver.group(
            of: process,
            command: stat.command,
            controlGroup: reader.controlGroup(of: process).value
        )
        borrow(SampledProcess(id: process, startTime: startTime, group: group))
        return SampledProcess(id: process, startTime: startTime, group: group, isLent: true)
    }

    /// Ends what `lend` began for one request.
    ///
    /// - Returns: whether the process is not to be sampled any more.
    package func takeBack(_ process: SampledProcess) -> Bool {
        guard let loan = loans[process.id], loan.target.startTime == process.startTime else {
            return false
        }
        loans[process.id]?.borrowers -= 1
        guard loan.borrowers <= 1 else { return false }
        loans[process.id] = nil
        return sampled(process.id)?.startTime != process.startTime
    }

    /// Whether a process is still lent: it may have ended, or be protected by now.
    package func isLent(_ process: SampledProcess) -> Bool {
        loans[process.id]?.target.startTime == process.startTime
    }

    /// Ends the loans of processes that may not be sampled any more, and keeps the others sampled
    /// that the rules have let go.
    func reviewLoans(beside surroundings: AgentSurroundings, _ changes: inout Changes) {
        for (process, loan) in loans {
            let stat = reader.stat(of: process).value
            let isSame = stat?.startTime == loan.target.startTime
            var isRefused = false
            if isSame, let refusal = refusal(of: process, beside: surroundings) {
                // The tracer of this very agent may hold it at this moment.
                if case .check(.alreadyTraced) = refusal {} else { isRefused = true }
            }
            guard isSame, !isRefused else {
                loans[process] = nil
                if sampled(process) == nil, !changes.removed.contains(process) {
                    changes.removed.append(process)
                }
                continue
            }
            guard changes.removed.contains(process), sampled(process) == nil else { continue }
            changes.removed.removeAll { $0 == process }
            changes.added.append(
                SampledProcess(
                    id: process,
                    startTime: loan.target.startTime,
                    group: loan.target.group,
                    isLent: true
                )
            )
        }
    }

    /// What is sampled by the rules under a number.
    private func sampled(_ process: ProcessID) -> SampledProcess? {
        guard case .sampled(let target) = known[process]?.standing else { return nil }
        return target
    }

    private func borrow(_ target: SampledProcess) {
        let borrowers = isLent(target) ? loans[target.id]?.borrowers ?? 0 : 0
        loans[target.id] = Loan(target: target, borrowers: borrowers + 1)
    }

    private func refusal(
        of process: ProcessID,
        beside surroundings: AgentSurroundings
    ) -> LoanRefusal? {
        let check = protection(of: process, beside: surroundings)
        guard check == .allowed(process) else { return .check(check) }
        guard let rules, let stat = reader.stat(of: process).value else { return nil }
        let description = describer.describe(
            process,
            command: stat.command,
            controlGroup: reader.controlGroup(of: process).value,
            with: &reader
        )
        return rules.excludes(description) ? .rule(process, command: stat.command) : nil
    }
}

extension TargetWatch.LoanRefusal: CustomStringConvertible {
    /// One line: what is the matter with which process.
    package var description: String {
        switch self {
        case .check(let check): check.description
        case .rule(let process, let command):
            "process \(process) (\(command)) is not sampled: "
                + "a rule of the configuration excludes it"
        }
    }
}

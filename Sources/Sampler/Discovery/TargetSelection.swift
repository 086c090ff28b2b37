// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Which processes are candidates for sampling.
package enum TargetSelection: Equatable, Sendable {
    /// All that the root shows.
    case all

    /// Those given by number, and no others.
    case listed([ProcessID])

    /// Those given by number, and all that descend from them while these are looked at.
    case trees([ProcessID])

    /// Those whose command name is this; the kernel keeps 15 bytes of one (proc(5), `comm`).
    case named(String)

    /// Replaces `processes` with the candidates; those listed that are gone are left in.
    package func list(
        with scan: ProcessScan,
        into processes: inout [ProcessID]
    ) -> ListingOutcome {
        switch self {
        case .all: return scan.list(into: &processes)
        case .listed(let given):
            processes.removeAll(keepingCapacity: true)
            processes.append(contentsOf: given.prefix(scan.maximumProcesses))
            return given.count > scan.maximumProcesses ? .limitReached : .complete
        case .trees(let roots): return Self.listTrees(of: roots, with: scan, into: &processes)
        case .named(let name):
            let wanted = CommandName.kept(of: name)
            var reader = ProcReader(root: scan.root)
            let outcome = scan.list(into: &processes)
            processes.removeAll { reader.stat(of: $0).value?.command != wanted }
            return outcome
        }
    }

    /// - Parameter processes: those of the latest list: they stay members when their parents end.
    private static func listTrees(
        of roots: [ProcessID],
        with scan: ProcessScan,
        into processes: inout [ProcessID]
    ) -> ListingOutcome {
        var members = Set(roots).union(processes)
        let outcome = scan.list(into: &processes)
        var reader = ProcReader(root: scan.root)
        var children: [ProcessID: [ProcessID]] = [:]
        for process in processes {
            guard let parent = reader.stat(of: process).value?.parent else { continue }
            children[parent, default: []].append(process)
        }
        var unseen = Array(members)
        while let next = unseen.popLast() {
            for child in children[next] ?? [] where members.insert(child).inserted {
                unseen.append(child)
            }
        }
        processes.removeAll { !members.contains($0) }
        return outcome
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Which processes are candidates for sampling.
package enum TargetSelection: Equatable, Sendable {
    /// All that the root shows.
    case all

    /// Those given by number, and no others.
    case listed([ProcessID])

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
        }
    }
}

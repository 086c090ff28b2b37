// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace

/// Capabilities that the program's file grants without putting them in force.
///
/// A container's user other than root gets no capability but by the program's file. A file that
/// puts more in force than the container may have can't be run in it at all (execve(2): EPERM), so
/// one which suits all containers leaves that to the program.
package enum GrantedCapabilities {
    /// CAP_SYS_PTRACE (capabilities(7): bit 19) and CAP_DAC_READ_SEARCH (bit 2).
    private static let wanted: UInt64 = 1 << 19 | 1 << 2

    /// Puts in force which of the two the calling thread may have; threads that it starts inherit
    /// that.
    package static func use() {
        var held = cptrace_capabilities()
        guard cptrace_get_capabilities(&held) == 0 else { return }
        let effective = inForce(effective: held.effective, permitted: held.permitted)
        guard effective != held.effective else { return }
        held.effective = effective
        // What is permitted may be put in force; a filter that refuses leaves things as they were.
        _ = cptrace_set_capabilities(&held)
    }

    /// What is to be in force, of what is and what may be.
    static func inForce(effective: UInt64, permitted: UInt64) -> UInt64 {
        effective | permitted & wanted
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc

/// The opt-out of whole control groups: the extended attribute `user.ptarmigan` with value `off`.
///
/// A group's directory can carry it since Linux 5.7, in the unified hierarchy only:
///
///     setfattr -n user.ptarmigan -v off /sys/fs/cgroup/system.slice/bank.service
///
/// The mark of a group holds for all groups below it.
package struct ControlGroupMarks: Equatable, Sendable {
    /// Where the unified hierarchy is mounted, without a slash at the end.
    private let mount: String

    /// Marks below a given mount point.
    package init(mount: String) { self.mount = mount }

    /// Marks of the host: on systems that mount both versions the unified one lies deeper.
    package init() {
        let hybrid = "/sys/fs/cgroup/unified"
        mount = access(hybrid + "/cgroup.procs", F_OK) == 0 ? hybrid : "/sys/fs/cgroup"
    }

    /// A path has at most 4,096 bytes (`PATH_MAX`), so it cannot nest deeper than this.
    private static let maximumDepth = 2048

    /// Whether the group at a path of `/proc/PID/cgroup`, or a group above it, is marked.
    ///
    /// A path that leads out of the agent's cgroup namespace (`/..`) has no directory here.
    package func isOff(_ path: String) -> Bool {
        var directory = mount
        if isMarked(directory) { return true }
        for component in path.split(separator: "/").prefix(Self.maximumDepth) {
            guard component != "..", component != "." else { return false }
            directory += "/" + component
            if isMarked(directory) { return true }
        }
        return false
    }

    private func isMarked(_ directory: String) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 8, alignment: 1) { value in
            let length = cptrace_get_attribute(
                directory,
                "user.ptarmigan",
                value.baseAddress,
                value.count
            )
            guard length == 3 else { return false }
            return value.prefix(3).elementsEqual("off".utf8)
        }
    }
}

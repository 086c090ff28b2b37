// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// Decides which group a process is counted under.
///
/// The order is: the service that runs it, the container it is in, its own name. Groups become
/// label values, so a name should outlive a restart wherever there is one that does.
package struct GroupResolver: Sendable {
    let unitOf: @Sendable (ProcessID) -> String?

    /// A resolver that asks `unitOf` for the systemd unit of a process (sd_pid_get_unit(3)).
    package init(unitOf: @escaping @Sendable (ProcessID) -> String?) { self.unitOf = unitOf }

    /// The group of a process, from its name and its control groups.
    package func group(
        of process: ProcessID,
        command: String,
        controlGroup: ControlGroup?
    ) -> GroupName {
        if let unit = unitOf(process), Self.isUsefulGroup(unit) { return .systemdUnit(unit) }
        if let controlGroup {
            for path in controlGroup.paths {
                if let id = ContainerID.inControlGroup(path) { return .container(id.short) }
            }
        }
        return .command(command)
    }

    /// Whether a unit says what its processes are.
    ///
    /// - A scope holds processes that someone else started: a login session (`session-4.scope`),
    ///   an application of a desktop (`app-firefox-1234.scope`), a container
    ///   (`docker-ID.scope`), a one-off run (`run-r12.scope`), the system manager itself
    ///   (`init.scope`). On a desktop nearly all runs in a few of them, and their names hold
    ///   counters. The container's id or the process's name says more.
    /// - `user@1000.service` is a whole user; the units of the user's own manager are inside it.
    /// - `run-u12.service` is a one-off run with a counter for a name.
    /// - The service of a container engine holds containers where the engine does not use
    ///   systemd's groups; those that are not in a container go by their name just as well.
    package static func isUsefulGroup(_ unit: String) -> Bool {
        guard unit.hasSuffix(".service") else { return false }
        if unit.hasPrefix("user@") || unit.hasPrefix("run-u") || unit.hasPrefix("run-r") {
            return false
        }
        return !engineServices.contains(unit)
    }

    private static let engineServices: Set<String> = [
        "containerd.service", "crio.service", "docker.service", "k3s.service", "k3s-agent.service",
        "kubelet.service", "podman.service", "rke2-agent.service", "rke2-server.service",
    ]
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Names of programs that are never stopped: exact ones, and prefixes written with a `*` behind.
///
/// They are compared with the name that the kernel keeps (`comm`), which is the program's first
/// 15 bytes unless the program set another: a list of habits, not a barrier. A barrier is what
/// the kernel enforces.
package struct ExcludedNames: Equatable, Sendable, ExpressibleByArrayLiteral {
    private var exact: Set<String> = []
    private var prefixes: [String] = []

    /// The kernel keeps so many bytes of a name (`TASK_COMM_LEN` without its zero).
    private static let keptBytes = 15

    /// A list of names; of names longer than the kernel keeps the kept part counts.
    package init(_ names: [String]) {
        for name in names {
            if name.hasSuffix("*") {
                prefixes.append(Self.kept(String(name.dropLast())))
            } else {
                exact.insert(Self.kept(name))
            }
        }
    }

    package init(arrayLiteral names: String...) { self.init(names) }

    /// Whether the list holds a process's name.
    package func contains(_ command: String) -> Bool {
        exact.contains(command) || prefixes.contains { command.hasPrefix($0) }
    }

    private static func kept(_ name: String) -> String {
        String(decoding: name.utf8.prefix(keptBytes), as: UTF8.self)
    }

    /// Programs that hold secrets, guard the way in, or that everything else runs under.
    ///
    /// Keepers of keys and passwords do not want their stacks read; a login, the system manager
    /// and a container runtime that stall for a moment stall all that depends on them.
    package static let standard: ExcludedNames = [
        "sshd", "sshd-*", "ssh-agent", "gpg-agent", "gnome-keyring-*", "kwalletd*", "keepassxc",
        "sudo", "su", "doas", "login", "agetty", "polkitd", "passwd", "unix_chkpwd",
        "systemd", "systemd-*", "(sd-*", "dbus-daemon", "dbus-broker*", "init",
        "dockerd", "docker-proxy", "docker-init", "containerd", "containerd-shim*", "crio", "runc",
        "crun", "youki", "conmon", "conmonrs", "kubelet", "tini", "pause",
    ]
}

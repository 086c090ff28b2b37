// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CSystemd
internal import Glibc
package import Profiles

/// The systemd units that processes run in.
package enum SystemdUnits {
    /// The name of the system unit a process belongs to, such as `nginx.service`.
    ///
    /// Read from the process's control group (sd_pid_get_unit(3)). It is `nil` for a process that
    /// is gone or in no unit, and on a host that systemd does not manage.
    package static func unit(of pid: ProcessID) -> String? {
        // The library takes 0 for the calling process, which nobody asked for here.
        guard pid.rawValue > 0 else { return nil }
        var name: UnsafeMutablePointer<CChar>?
        guard sd_pid_get_unit(pid.rawValue, &name) >= 0, let name else { return nil }
        defer { free(name) }
        return String(cString: name)
    }
}

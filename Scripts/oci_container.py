#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Runs a program in a container by runc, as a container's engine has it done.

    Scripts/oci_container.py --bundle DIRECTORY --root ROOT [OPTION ...] -- PROGRAM [ARGUMENT ...]

The configuration is that of the runtime specification 1.0: the root read-only, user and capabilities as
given, no_new_privs, and the default filter of system calls. The network is the host's, so that a test
reaches the container on loopback. Becomes `runc run`, which hands signals on and exits as the
program does.
"""

import argparse
import json
import os
import sys
from pathlib import Path

import seccomp_profile

KINDS = ("bounding", "effective", "permitted")
FILTERED = ("names", "action", "errnoRet", "args")
# What an engine hides and keeps from being written in /proc.
MASKED = ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
          "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"]
READ_ONLY = ["/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
             "/proc/sysrq-trigger"]
MOUNTS = [
    {"destination": "/proc", "type": "proc", "source": "proc",
     "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
     "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
]


def filter_of(path, capabilities):
    """The profile's rules for a container with these capabilities, as the specification has them."""
    profile = json.loads(Path(path).read_text())
    rules = [{key: rule[key] for key in FILTERED if rule.get(key) is not None}
             for rule in profile["syscalls"] if seccomp_profile.holds(rule, capabilities)]
    return {"defaultAction": profile["defaultAction"],
            "defaultErrnoRet": profile.get("defaultErrnoRet", seccomp_profile.EPERM),
            "syscalls": rules}


def configuration(options):
    capabilities = [f"CAP_{name}" for name in options.capabilities]
    processes = {"type": "pid"}
    if options.join:
        # As the containers of a pod with shareProcessNamespace.
        processes["path"] = f"/proc/{options.join}/ns/pid"
    linux = {"namespaces": [processes, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}],
             "maskedPaths": MASKED, "readonlyPaths": READ_ONLY}
    if options.seccomp:
        linux["seccomp"] = filter_of(options.seccomp, set(capabilities))
    return {
        "ociVersion": "1.0.2",
        "process": {
            "terminal": False, "user": {"uid": options.user, "gid": options.user},
            "args": options.command, "cwd": "/", "env": ["PATH=/usr/bin:/bin"],
            "capabilities": {kind: capabilities for kind in KINDS}, "noNewPrivileges": True,
        },
        "root": {"path": options.root, "readonly": True},
        "mounts": MOUNTS, "linux": linux,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundle", type=Path, required=True, help="where to keep its files")
    parser.add_argument("--root", required=True, help="its root file system")
    parser.add_argument("--join", type=int, help="a process whose PID namespace it shares")
    parser.add_argument("--user", type=int, required=True)
    parser.add_argument("--capabilities", nargs="*", default=[])
    parser.add_argument("--seccomp", help="a profile of containers")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    bundle = options.bundle / str(os.getpid())
    bundle.mkdir(parents=True)
    (bundle / "config.json").write_text(json.dumps(configuration(options)))
    os.execvp("runc", ["runc", "--root", str(options.bundle / "state"), "run", "--bundle",
                       str(bundle), f"ptarmigan-test-{os.getpid()}"])


if __name__ == "__main__":
    sys.exit(main())

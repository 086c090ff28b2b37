#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What the agent can do with what it is allowed: users, capabilities, filters, other /procs.

    Scripts/test-tiers.py [NAME ...]

Runs as root and makes every other situation, of which names pick some. Expects
.build/release/ptarmigan and .build-targets. Agents that may touch every process are told which to
sample. Everything listens on loopback. Exits with 0 or 1.
"""

import argparse
import contextlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from agents import TARGETS, started
from confinement import BARE_PROC_COMMAND, make_bare_proc, refusing, user, yama_scope
from recordings import check, conclude
from situations import Place, agent_seen, check_doctor, check_no_harm

# capabilities(7), as setpriv names them and by their bits.
BOTH = {"sys_ptrace": 19, "dac_read_search": 2}
ALL = ("own", "other", "root")


def listed(place, *names):
    return [word for name in names for word in ("--pid", place.targets[name])]


def check_sampled(seen, names, read):
    """These targets are sampled by name; the waits of those in `read` are known."""
    for name in names:
        seen.check_clock(name)
        seen.check_named(name)
        seen.check_waits(name, name in read)
        seen.check_stopped(name, True)
    seen.check_refusals()


def test_unprivileged(place):
    """A user without a capability, with processes of its own and of others around."""
    prefix = user(place.own_user)
    scope = yama_scope()
    if scope > 0:
        print(f"skipped: a user's own processes: Yama's ptrace_scope is {scope}")
        return
    check_doctor("unprivileged", place.doctor(prefix=prefix), 1, 0, "ok  copy",
                 "no  capabilities: none", "other users' processes can't be sampled")
    done = place.doctor("-p", place.targets["other"], prefix=prefix)
    check(done.returncode == 126 and "grant CAP_SYS_PTRACE" in done.stderr,
          f"unprivileged: another user's process: {done.stderr.strip()}")
    with agent_seen(place, "unprivileged", ["own"], prefix=prefix) as seen:
        seen.check_tier(1)
        check_sampled(seen, ["own"], ["own"])
        sampled = seen.value("ptarmigan_targets", '"sampled"')
        denied = seen.value("ptarmigan_targets", '"denied"')
        seen.check(sampled == 1 and denied >= 2,
                   f"{sampled:.0f} process is sampled and {denied:.0f} are denied")
        for name in ("other", "root"):
            seen.check(not seen.of(name, "group_processes"), f"there is no group {name}")
            seen.check_stopped(name, False)
        found = seen.value("ptarmigan_yama_ptrace_scope")
        seen.check(found == scope, f"the metric says that Yama's scope is {found:.0f}")


def test_trace_only(place):
    """CAP_SYS_PTRACE opens everything but `syscall` and `environ`, its users' own files."""
    prefix = user(place.own_user, "sys_ptrace")
    check_doctor("trace only", place.doctor(prefix=prefix), 2, 0, "ok  stop", "ok  copy",
                 "no  look: /proc/PID/task/TID/syscall can be read for this user's processes only",
                 "no  capabilities: CAP_SYS_PTRACE\n", "CAP_DAC_READ_SEARCH opens it")
    done = place.doctor("-p", place.marked, prefix=prefix)
    check(done.returncode == 1 and "PTARMIGAN=off" in done.stderr,
          f"trace only: a process that opted out: {done.stderr.strip() or done.stdout}")
    with agent_seen(place, "trace only", ALL, *listed(place, *ALL), prefix=prefix) as seen:
        seen.check_tier(2)
        check_sampled(seen, ALL, ["own"])


def test_both(place):
    prefix = user(place.own_user, *BOTH)
    check_doctor("both", place.doctor(prefix=prefix), 1, 0, "ok  copy",
                 "ok  capabilities: CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH\n")
    with agent_seen(place, "both", ALL, *listed(place, *ALL), prefix=prefix) as seen:
        seen.check_tier(1)
        check_sampled(seen, ALL, ALL)


def test_file_capabilities(place):
    """Both by a mark on the program, as `setcap cap_sys_ptrace,cap_dac_read_search+ep` makes it."""
    check_marked(place, "file", is_effective=True)


def test_permitted_capabilities(place):
    """With `+p`, which every container may execute: the program puts in force what it may have."""
    check_marked(place, "permitted", is_effective=False)


def check_marked(place, situation, is_effective):
    program = place.directory / "ptarmigan-marked"
    shutil.copy(place.program, program)
    program.chmod(0o755)
    try:
        # struct vfs_cap_data, revision 2 (include/uapi/linux/capability.h).
        bits = sum(1 << bit for bit in BOTH.values())
        os.setxattr(program, "security.capability",
                    struct.pack("<5I", 0x02000000 | is_effective, bits, 0, 0, 0))
    except OSError as error:
        print(f"skipped: {situation}: capabilities of a file: {error}")
        return
    number = place.own_user
    prefix = ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups"]
    check_doctor(situation, place.doctor(prefix=prefix, program=program), 1, 0,
                 "ok  capabilities")
    with agent_seen(place, situation, ALL, *listed(place, *ALL), prefix=prefix,
                    program=program) as seen:
        seen.check_tier(1)
        check_sampled(seen, ALL, ALL)


def test_root(place):
    check_doctor("root", place.doctor(), 1, 0, "ok  stop", "ok  copy", "ok  look",
                 "ok  capabilities")
    with agent_seen(place, "root", ALL, *listed(place, *ALL)) as seen:
        seen.check_tier(1)
        check_sampled(seen, ALL, ALL)


def check_looks_only(place, situation, *names):
    """Tier 3: what /proc tells is served, and nothing is tried again and again."""
    confined = {"preexec_fn": refusing(*names)}
    check_doctor(situation, place.doctor(**confined), 3, 126, "no  stop: attaching to a child",
                 "a seccomp filter is in force: allow ptrace", "no thread can be stopped here")
    with agent_seen(place, situation, ALL, *listed(place, *ALL), samples=False,
                    **confined) as seen:
        seen.check_tier(3)
        for name in ALL:
            seen.check_clock(name)
            seen.check_unsampled(name)
            seen.check_waits(name, True)
            seen.check_stopped(name, False)
        seen.check_no_attempts()
        seen.check_refusals()


def test_no_ptrace(place):
    check_looks_only(place, "no ptrace", "ptrace")


def test_no_ptrace_no_copy(place):
    check_looks_only(place, "no ptrace, no copy", "ptrace", "process_vm_readv")


def test_no_copy(place):
    """Threads can be stopped, and their registers name the function; stacks can't be had."""
    confined = {"preexec_fn": refusing("process_vm_readv")}
    check_doctor("no copy", place.doctor(**confined), 1, 0, "ok  stop", "no  copy: its stack can't",
                 "allow process_vm_readv")
    with agent_seen(place, "no copy", ALL, *listed(place, *ALL), **confined) as seen:
        seen.check_tier(1)
        check_sampled(seen, ALL, ALL)


def test_bare_proc(place):
    """A /proc without `syscall` and `schedstat`; its numbers are known in a namespace alone."""
    done = subprocess.run([*BARE_PROC_COMMAND, sys.executable, __file__, "--inside"])
    check(done.returncode == 0, f"bare /proc: the part in its own namespace: {done.returncode}")


def inside_bare_proc(place):
    """Process 1 of a namespace; what it starts is all that there is."""
    with place.target("own"), started(TARGETS / "waits", "--seconds", "0") as waits:
        root = place.directory / "proc"
        root.mkdir()
        make_bare_proc(root, [*place.targets.values(), waits.pid])
        options = ("--path.procfs", root)
        check_doctor("bare /proc", place.doctor(*options), 2, 0, "ok  stop", "ok  copy", "no  look",
                     "no  statistics: /proc/PID/task/TID/schedstat is missing")
        with agent_seen(place, "bare /proc", ["own"], *options) as seen:
            seen.check_tier(2)
            check_sampled(seen, ["own"], [])
            seen.check(seen.of("waits", "group_processes") > 0
                       and seen.value("ptarmigan_targets", '"denied"') == 0,
                       "the processes are found in that /proc, and none is denied")
        check_no_harm(waits)
    return conclude()


TESTS = {name.removeprefix("test_"): function for name, function in list(globals().items())
         if name.startswith("test_")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[[], *TESTS], help="which situations")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        if options.inside:
            return inside_bare_proc(place)
        with place.target("own", place.own_user), place.target("other", place.other_user), \
                place.target("root"), place.opted_out(place.other_user):
            for name in options.names or TESTS:
                TESTS[name](place)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Runs a program as a container's engine does: namespaces, user, capabilities, filter.

    Scripts/contained.py [OPTION ...] -- PROGRAM [ARGUMENT ...]

Needs root. What runc does is done here by hand and in its order, since an engine needs more of a
host than a test has: the bounding set is cut, the user changes and keeps exactly the capabilities
given, none is inheritable or ambient, and then the program is executed. So a user that is not root
has what the program's file permits of them. Exits as the program does.
"""

import argparse
import ctypes
import os
import shutil
import signal
import struct
import sys

import seccomp_profile

# capabilities(7) by number, of the first ones; those that an engine knows.
CAPABILITIES = {"CHOWN": 0, "DAC_OVERRIDE": 1, "DAC_READ_SEARCH": 2, "FOWNER": 3, "FSETID": 4,
                "KILL": 5, "SETGID": 6, "SETUID": 7, "SETPCAP": 8, "NET_BIND_SERVICE": 10,
                "NET_RAW": 13, "SYS_CHROOT": 18, "SYS_PTRACE": 19, "MKNOD": 27, "AUDIT_WRITE": 29,
                "SETFCAP": 31}
HIGHEST = 63
# prctl(2), capset(2), mount(2), unshare(2).
CAPBSET_READ, CAPBSET_DROP, SET_KEEPCAPS, SET_NO_NEW_PRIVS = 23, 24, 8, 38
CAP_AMBIENT, CAP_AMBIENT_CLEAR_ALL = 47, 4
CAPABILITY_VERSION = 0x20080522
MS_REC, MS_PRIVATE = 16384, 1 << 18
NEW_MOUNTS, NEW_CGROUPS, NEW_PROCESSES = 0x00020000, 0x02000000, 0x20000000

library = ctypes.CDLL(None, use_errno=True)
library.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4


def must(result, what):
    if result != 0:
        raise SystemExit(f"contained: {what}: {os.strerror(ctypes.get_errno())}")


def prctl(option, first=0, second=0):
    return library.prctl(option, first, second, 0, 0)


def mount(source, target, kind=None, flags=0):
    words = [None if word is None else os.fsencode(word) for word in (source, target, kind)]
    must(library.mount(*words, ctypes.c_ulong(flags), None), f"mount on {target}")


def join(process):
    """Enters the PID namespace of a process, for children, and its mounts."""
    descriptors = [os.open(f"/proc/{process}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
                   for kind in ("pid", "mnt")]
    for descriptor, kind in zip(descriptors, (NEW_PROCESSES, NEW_MOUNTS)):
        must(library.setns(descriptor, kind), f"setns to {process}")
        os.close(descriptor)


def fork():
    """Goes on in a child; the parent hands signals on and ends as the child does."""
    child = os.fork()
    if child == 0:
        return
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGHUP):
        signal.signal(number, lambda number, _: os.kill(child, number))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def own_mounts(options):
    must(library.unshare(NEW_MOUNTS), "unshare")
    mount(None, "/", flags=MS_REC | MS_PRIVATE)
    if options.private:
        # A file system that no other container sees, with the program in it.
        mount("tmpfs", options.private, "tmpfs")
        program = shutil.copy(options.command[0], options.private)
        os.chmod(options.private, 0o755)
        os.chmod(program, 0o755)
        options.command[0] = program


def become(user, capabilities):
    """The user with exactly these capabilities, until the program is executed."""
    for number in range(HIGHEST + 1):
        if number not in capabilities and prctl(CAPBSET_READ, number) == 1:
            must(prctl(CAPBSET_DROP, number), f"dropping capability {number}")
    must(prctl(SET_KEEPCAPS, 1), "keepcaps")
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    held = sum(1 << number for number in capabilities)
    low, high = held & 0xFFFFFFFF, held >> 32
    header = ctypes.create_string_buffer(struct.pack("<Ii", CAPABILITY_VERSION, 0))
    words = ctypes.create_string_buffer(struct.pack("<6I", low, low, 0, high, high, 0))
    must(library.capset(header, words), "capset")
    must(prctl(CAP_AMBIENT, CAP_AMBIENT_CLEAR_ALL), "clearing ambient capabilities")


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--join", type=int, help="the PID namespace and the mounts of a process")
    parser.add_argument("--cgroup", help="a control group to be put into")
    parser.add_argument("--cgroup-namespace", action="store_true")
    parser.add_argument("--private", help="a directory to cover; the program is copied into it")
    parser.add_argument("--user", type=int, required=True)
    parser.add_argument("--capabilities", nargs="*", default=[], choices=[[], *CAPABILITIES])
    parser.add_argument("--no-new-privileges", action="store_true")
    parser.add_argument("--seccomp", help="a profile of containers")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def main():
    options = parsed()
    if options.join:
        join(options.join)
        fork()
    if options.cgroup:
        # 0 is the writer.
        with open(f"{options.cgroup}/cgroup.procs", "w", encoding="ascii") as file:
            file.write("0")
    if options.cgroup_namespace:
        must(library.unshare(NEW_CGROUPS), "unshare of control groups")
    own_mounts(options)
    if options.no_new_privileges:
        must(prctl(SET_NO_NEW_PRIVS, 1), "no_new_privs")
    if options.seccomp:
        names = {f"CAP_{name}" for name in options.capabilities}
        seccomp_profile.install(options.seccomp, names)
    become(options.user, {CAPABILITIES[name] for name in options.capabilities})
    os.execv(options.command[0], options.command)


if __name__ == "__main__":
    sys.exit(main())

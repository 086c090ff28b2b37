# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Situations in which a program may do less: other users, few capabilities, seccomp filters, and a
/proc without some of its files."""

import ctypes
import errno
import os
import pathlib
import platform
import pwd
import struct

# include/uapi/asm/unistd_64.h and include/uapi/asm-generic/unistd.h.
CALLS = {"x86_64": {"ptrace": 101, "process_vm_readv": 310},
         "aarch64": {"ptrace": 117, "process_vm_readv": 270}}[platform.machine()]

# prctl(2), seccomp(2), bpf_common.h.
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD_WORD, JUMP_IF_EQUAL, JUMP_IF_GREATER, RETURN = 0x20, 0x15, 0x25, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO
REFUSE = FAIL | errno.EPERM
# Where struct seccomp_data has the low half of the first argument, where that half comes first.
FIRST_ARGUMENT = 16

# A namespace of its own for numbers of processes, with a /proc that shows it; all in it ends with
# the command.
BARE_PROC_COMMAND = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
# What gVisor's /proc/PID/task/TID has not.
MISSING_IN_GVISOR = {"syscall", "schedstat"}
# Processes that may begin after such a /proc was made and are still in it.
FUTURE_PROCESSES = 64


def free_users(count):
    """Numbers that no user has: no process but a test's runs as one of them."""
    taken = {user.pw_uid for user in pwd.getpwall()}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                taken.add(entry.stat().st_uid)
            except FileNotFoundError:
                continue
    return [number for number in range(61000, 64000) if number not in taken][:count]


def yama_scope():
    """-1 without Yama."""
    path = pathlib.Path("/proc/sys/kernel/yama/ptrace_scope")
    return int(path.read_text()) if path.exists() else -1


def user(number, *capabilities):
    """The beginning of a command line that runs the rest as a user with just these capabilities."""
    granted = ",".join(["-all", *(f"+{name}" for name in capabilities)])
    return ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups",
            f"--inh-caps={granted}", f"--ambient-caps={granted}", f"--bounding-set={granted}",
            "--no-new-privs"]


def refusing(*names):
    """A function for between fork and exec, after which these system calls fail with EPERM."""
    code = [(LOAD_WORD, 0, 0, 0)]
    for index, name in enumerate(names):
        code.append((JUMP_IF_EQUAL, len(names) - index, 0, CALLS[name]))
    return filtering([*code, (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)])


def without_calls_after(last_call, request):
    """Likewise; system calls with a higher number, and a request of ptrace, are not known.

    A kernel says ENOSYS for the one and EIO for the other (kernel/ptrace.c, `ptrace_request`).
    """
    return filtering([
        (LOAD_WORD, 0, 0, 0), (JUMP_IF_GREATER, 4, 0, last_call),
        (JUMP_IF_EQUAL, 0, 2, CALLS["ptrace"]),
        (LOAD_WORD, 0, 0, FIRST_ARGUMENT), (JUMP_IF_EQUAL, 2, 0, request),
        (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, FAIL | errno.ENOSYS), (RETURN, 0, 0, FAIL | errno.EIO)])


def filtering(code):
    """A function that installs a filter of these instructions: code, two jumps, a constant."""
    instructions = ctypes.create_string_buffer(
        b"".join(struct.pack("HBBI", *instruction) for instruction in code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    program = Program(len(code), ctypes.addressof(instructions))
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4

    # The program has only the address of its code, so the function keeps the code alive.
    def install(_=instructions):
        if (library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
                or library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER,
                                 ctypes.addressof(program), 0, 0) != 0):
            os._exit(99)

    return install


def link_all(names, source, directory):
    directory.mkdir(parents=True)
    for name in names:
        (directory / name).symlink_to(f"{source}/{name}")


def make_bare_proc(directory, processes, missing=frozenset(MISSING_IN_GVISOR)):
    """Fills a directory with links to the files of /proc, but for some of each thread's.

    It shows the given processes with the threads that they have, and the next ones to begin, of
    which it shows the first thread only. A link that leads nowhere is a process that is not there.
    To be called where numbers are given in order and by nobody else: in a new PID namespace.
    """
    for name in ("self", "thread-self", "stat", "loadavg", "meminfo", "uptime", "sys"):
        (directory / name).symlink_to(f"/proc/{name}")
    names = set(os.listdir("/proc/self")) - {"task"} - missing
    thread_names = set(os.listdir(f"/proc/self/task/{os.getpid()}")) - missing
    latest = int(pathlib.Path("/proc/loadavg").read_text().split()[4])
    shown = {process: os.listdir(f"/proc/{process}/task") for process in processes}
    shown |= {latest + more: [latest + more] for more in range(1, FUTURE_PROCESSES + 1)}
    for process, threads in shown.items():
        link_all(names, f"/proc/{process}", directory / str(process))
        for thread in threads:
            link_all(thread_names, f"/proc/{process}/task/{thread}",
                     directory / str(process) / "task" / str(thread))

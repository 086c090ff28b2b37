# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Pods and their containers as namespaces, users and capabilities, made by Scripts/contained.py."""

import contextlib
import copy
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import uuid
from pathlib import Path

import seccomp_profile
from agents import TARGETS, started, wait_for
from confinement import free_users
from recordings import ROOT
from situations import POLITE, Place, agent_seen

# The configuration that the image has.
IMAGE = ROOT / "deploy/container/agent.yml"
CONTAINED = (sys.executable, str(ROOT / "Scripts/contained.py"))
# capabilities(7); struct vfs_cap_data, revision 2, permitted and not effective
# (include/uapi/linux/capability.h): what `setcap cap_sys_ptrace,cap_dac_read_search+p` writes.
PERMITTED = struct.pack("<5I", 0x02000000, 1 << 19 | 1 << 2, 0, 0, 0)
# Docker's and containerd's default set; Fargate's is Docker's.
DEFAULT_CAPABILITIES = ("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
                        "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
                        "SYS_CHROOT")
# Where a root agent would have its socket; a container's root is read-only.
NO_RUNTIME_DIRECTORY = {"RUNTIME_DIRECTORY": "/proc/none"}


def children(process):
    return [int(word) for word in
            Path(f"/proc/{process}/task/{process}/children").read_text().split()]


class Pod:
    """A PID namespace with a /proc of its own, until the block ends; all in it ends with it.

    Its first process is an idle one, as a pod's `pause`, or the given command.
    """

    def __init__(self, *command):
        self.process = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc",
             *map(str, command or ("sleep", "infinity"))],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        self.leader = wait_for("a pod", self._find, [self.process])
        return self

    def _find(self):
        """The first process, once it has been executed: its mounts are the namespace's then."""
        for child in children(self.process.pid):
            if Path(f"/proc/{child}/comm").read_text().strip() != "unshare":
                return child
        return None

    def __exit__(self, *_):
        # A change of user takes back what --kill-child asked for (prctl(2), PR_SET_PDEATHSIG).
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.leader, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def watch(host, name, tier, prefix, *arguments, configuration=IMAGE, reads_waits=True,
          program=None):
    """An agent in its container samples this target, and nothing else, as the manifest says."""
    with agent_seen(host, name, [name], "--config.file", configuration, *arguments, prefix=prefix,
                    program=program, environment=NO_RUNTIME_DIRECTORY) as seen:
        seen.check_tier(tier)
        seen.check_clock(name)
        seen.check_named(name)
        seen.check_waits(name, reads_waits)
        seen.check_stopped(name, True)
        seen.check_refusals()
        groups = seen.groups()
        seen.check(groups == {name}, f"its groups are {sorted(groups)}")


def container(user, *capabilities, pod=None, cgroup=None, private=None, new_privileges=False):
    """The beginning of a command line that runs the rest as an engine would."""
    words = [*CONTAINED, "--user", str(user)]
    if pod:
        words += ["--join", str(pod.leader)]
    if cgroup:
        words += ["--cgroup", str(cgroup), "--cgroup-namespace"]
    if private:
        words += ["--private", str(private)]
    if not new_privileges:
        words.append("--no-new-privileges")
    if seccomp_profile.path():
        words += ["--seccomp", seccomp_profile.path()]
    return [*words, "--capabilities", *capabilities, "--"]


class Host(Place):
    """The programs: the agent's as an image has it, and targets that no other container sees."""

    def __init__(self, directory):
        super().__init__(directory)
        # The agent of the host's pods has a user of its own.
        self.agent_user = free_users(3)[2]
        os.setxattr(self.program, "security.capability", PERMITTED)
        # The program of each target is put here, in its own mounts alone.
        self.private = directory / "private"
        self.private.mkdir()

    def alone(self):
        """The same host, with targets of its own."""
        one = copy.copy(self)
        one.targets = {}
        return one

    def program_of(self, name):
        program = self.directory / name
        shutil.copy(TARGETS / "busy", program)
        program.chmod(0o755)
        return program

    @contextlib.contextmanager
    def application(self, name, user, pod, **options):
        """A busy program in a container of a pod."""
        command = (*POLITE, *container(user, pod=pod, private=self.private, **options),
                   self.program_of(name), "--seconds", "0", "--threads", "1")
        with started(*command) as process:
            # The launcher waits outside for the one that is in the pod.
            self.targets[name], = children(process.pid)
            yield

    def number_inside(self, name):
        """A target's number in its own namespace."""
        text = Path(f"/proc/{self.targets[name]}/status").read_text()
        return int(re.search(r"^NSpid:.*\s(\d+)$", text, re.MULTILINE)[1])


@contextlib.contextmanager
def kubelet_groups(count):
    """Control groups as the kubelet and containerd call them; None where none can be made."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    tops = [Path(words[1]) for words in mounts if words[2] == "cgroup2"]
    top = tops[0] / f"ptarmigan-{os.getpid()}" if tops else None
    groups = [top / "kubepods-besteffort.slice" / f"kubepods-besteffort-pod{uid}.slice"
              / f"cri-containerd-{os.urandom(32).hex()}.scope"
              for uid in (str(uuid.uuid4()).replace("-", "_") for _ in range(count if top else 0))]
    try:
        for group in groups:
            group.mkdir(parents=True)
    except OSError:
        groups = []
    try:
        yield groups or [None] * count
    finally:
        paths = sorted(top.rglob("*"), reverse=True) if top and top.exists() else []
        for path in [path for path in paths if path.is_dir()] + ([top] if paths else []):
            wait_for(f"the end of what is in {path}", lambda path=path: path.rmdir() is None)

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Builds the image of deploy/container, and runs what is in it.

    Scripts/test-container.py

buildah builds it from the real Dockerfile, without an engine; in the place of the base image is a
Debian that debootstrap makes, kept in .build-tools. runc then runs it as an engine has it done: the
image's root, read-only, its user, the rights of a manifest and the default filter of system calls
(Scripts/oci_container.py). Needs root and the distribution's archive; expects
.build/release/ptarmigan and .build-targets/busy. Exits with 0 or 1.
"""

import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

import seccomp_profile
from agents import Failure
from debians import DISTRIBUTION, archive, must
from pods import PERMITTED, Host, Pod, watch
from recordings import ROOT, check, conclude
from situations import check_doctor

BASE = "localhost/debian:base"
IMAGE = "localhost/ptarmigan:test"
PROGRAM = "/usr/bin/ptarmigan"
RUN = (sys.executable, ROOT / "Scripts/oci_container.py")
USER = 65532
# What the image has beside its base, in MiB; the program is 37 of it.
MOST_MEBIBYTES = 80


class Builder:
    """buildah with its storage in a directory of the test's."""

    def __init__(self, directory):
        self.words = ["buildah", "--root", directory / "storage", "--runroot", directory / "run",
                      "--storage-driver", "vfs"]

    def do(self, *arguments):
        return must(*self.words, *arguments).strip()

    def make_base(self):
        made = self.do("from", "scratch")
        self.do("add", made, archive(f"{DISTRIBUTION}-base", ""), "/")
        self.do("commit", "--rm", made, BASE)

    def make_image(self):
        # chroot asks least of the host: no namespaces of its own, and no engine.
        self.do("build", "--isolation", "chroot", "--build-arg", f"BASE={BASE}", "--tag", IMAGE,
                "--file", ROOT / "deploy/container/Dockerfile", ROOT)

    @contextlib.contextmanager
    def mounted(self, image):
        made = self.do("from", "--pull-never", image)
        try:
            yield Path(self.do("mount", made))
        finally:
            self.do("rm", made)


def size(root):
    return sum(path.lstat().st_size for path in root.rglob("*")
               if path.is_file() and not path.is_symlink()) / 2**20


def test_settings(builder):
    settings = json.loads(builder.do("inspect", "--type", "image", IMAGE))["OCIv1"]["config"]
    check(settings["User"] == "65532:65532", f"its user is {settings['User']}")
    check(settings["Entrypoint"] == [PROGRAM], f"it runs {settings['Entrypoint']}")
    check(settings["Cmd"][0] == "agent", f"by default it is an agent: {settings['Cmd']}")
    check(list(settings["ExposedPorts"]) == ["10187"] or list(settings["ExposedPorts"])
          == ["10187/tcp"], f"its ports are {list(settings['ExposedPorts'])}")
    check(settings.get("StopSignal") == "SIGTERM", f"it is ended by {settings.get('StopSignal')}")


def test_files(root, base):
    mark = os.getxattr(root / PROGRAM[1:], "security.capability")
    check(mark == PERMITTED, "the program is permitted two capabilities, and none is in force")
    added = size(root) - size(base)
    check(added < MOST_MEBIBYTES, f"{added:.0f} MiB beside its base")
    left = [str(path) for name in ("package", "program", "usr/sbin/setcap", "sbin/setcap")
            for path in [root / name] if path.exists()]
    check(not left, f"nothing of the first stage is left {left}")
    check(list(root.glob("usr/lib/*/libdw.so.1")), "libdw is there, for source lines")


def container(host, root, pod, *capabilities):
    """The beginning of a command line that runs the rest from the image, in a pod."""
    words = [*RUN, "--bundle", host.directory / "bundles", "--root", root, "--join", pod.leader,
             "--user", USER]
    if seccomp_profile.path():
        words += ["--seccomp", seccomp_profile.path()]
    return [str(word) for word in (*words, "--capabilities", *capabilities, "--")]


def test_rights(host, root):
    """Each set of rights that a manifest gives can run the same program."""
    with Pod() as pod:
        for name, capabilities, tier in (("both", ("SYS_PTRACE", "DAC_READ_SEARCH"), 1),
                                         ("one", ("SYS_PTRACE",), 2), ("none", (), 1)):
            prefix = container(host, root, pod, *capabilities)
            held = ", ".join(f"CAP_{word}" for word in capabilities) or "none"
            check_doctor(name, host.doctor(prefix=prefix, program=PROGRAM), tier, 0, "ok  stop",
                         "ok  copy", f"capabilities: {held}\n")


def test_sampling(host, root):
    with Pod() as pod, host.application("application", host.other_user, pod):
        prefix = container(host, root, pod, "SYS_PTRACE", "DAC_READ_SEARCH")
        watch(host, "application", 1, prefix, configuration="/etc/ptarmigan/agent.yml",
              program=PROGRAM)


def main():
    for package in (ROOT / ".build-deb").glob("*.deb"):
        package.unlink()
    must(ROOT / "Scripts/build-deb.py")
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        builder = Builder(directory)
        builder.make_base()
        builder.make_image()
        test_settings(builder)
        with builder.mounted(IMAGE) as root, builder.mounted(BASE) as base:
            test_files(root, base)
            host = Host(directory)
            test_rights(host, root)
            test_sampling(host, root)
    return conclude()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"FAILED {failure}")
        sys.exit(1)

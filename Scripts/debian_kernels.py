# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Kernels of Debian's releases, unpacked and not installed.

apt-get fetches them with a configuration, lists and a state of its own, and checks them by Debian's
keyring as it does for an installation. Nothing of this system's packages is changed.
"""

import platform
import re
import shutil
from pathlib import Path

from agents import Failure
from debians import must
from recordings import ROOT

DIRECTORY = ROOT / ".build-tools/kernels"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MIRROR = "http://deb.debian.org"
# The kernel of virtual machines: the same source with fewer drivers.
PACKAGE = "linux-image-cloud-amd64"


def sources(release):
    signed = f"deb [signed-by={KEYRING}] {MIRROR}"
    return (f"{signed}/debian {release} main\n"
            f"{signed}/debian-security {release}-security main\n")


def configure(directory, release):
    """The options for apt-get that keep it to this release and below this directory."""
    for name in ("lists/partial", "cache/archives/partial"):
        (directory / name).mkdir(parents=True, exist_ok=True)
    (directory / "sources.list").write_text(sources(release))
    (directory / "status").write_text("")
    settings = {
        "Dir::Etc::sourcelist": directory / "sources.list", "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null", "Dir::State::lists": directory / "lists",
        "Dir::State::status": directory / "status", "Dir::Cache": directory / "cache",
        "APT::Architecture": "amd64", "Acquire::Languages": "none",
        # Lists of a release that is no longer looked after are not signed anew.
        "Acquire::Check-Valid-Until": "false",
        # apt's own user may not enter this directory.
        "APT::Sandbox::User": "root"}
    return [f"-o{name}={value}" for name, value in settings.items()]


def fetch(release, directory):
    """Unpacks the newest kernel of a release; fails if it is not signed by Debian."""
    apt = directory / "apt"
    options = configure(apt, release)
    must("apt-get", *options, "--quiet", "update")
    shown = must("apt-cache", *options, "show", "--no-all-versions", PACKAGE)
    image = re.search(r"^Depends: (linux-image-\S+)", shown, re.MULTILINE)
    if not image:
        raise Failure(f"{PACKAGE} of {release} depends on no kernel: {shown}")
    must("sh", "-c", 'cd "$1" && shift && exec apt-get "$@"', "sh", apt, *options, "--quiet",
         "download", image[1])
    package, = apt.glob("linux-image-*.deb")
    must("dpkg-deb", "--extract", package, directory)
    shutil.rmtree(apt)


def kernel(release):
    """The image of a release's kernel."""
    if platform.machine() != "x86_64":
        raise Failure("kernels are fetched, and booted, for x86-64 only")
    directory = DIRECTORY / release
    if not list(directory.glob("boot/vmlinuz-*")):
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        fetch(release, directory)
    image, = directory.glob("boot/vmlinuz-*")
    return image

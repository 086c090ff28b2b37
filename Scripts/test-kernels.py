#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Boots kernels of Debian's releases in QEMU, and tries the program on each of them.

    Scripts/test-kernels.py [--releases RELEASE,...] [--parts PART,...] [--processors N]

A virtual machine has this program, the targets, Python and the checks of Scripts/kernel_guest.py in
its memory, and neither a disk nor a network. What it writes to its serial port is shown here, and
each of its checks is one of this test. Where KVM does not start such a kernel, the processor is
emulated, which is many times slower. Expects .build/release/ptarmigan and .build-targets. Exits
with 0 or 1.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from agents import PROGRAM, Failure
from debian_kernels import kernel
from initramfs import Archive, add_base, add_busybox_names, add_python
from recordings import PROGRAMS, ROOT, check, conclude

RELEASES = ("bullseye", "bookworm")
BUSYBOX = "/usr/bin/busybox"
# For real ones of the checks: GNU's dd reports partial records.
PROGRAMS_OF_GUEST = ("ls", "dd", "setpriv", "true")
# Opened by name where it is there (Sources/DebugInformation).
OPENED = ("/usr/lib/x86_64-linux-gnu/libdw.so.1",)
PLACE = "/ptarmigan"
MEMORY_MIB = 3072
# By whether it is emulated.
ACCELERATORS = {False: ["-accel", "kvm"], True: ["-accel", "tcg"]}
# The clocks of such a machine count its instructions, 4 ns each: a busy host makes it slow, and not
# late. With two processors no kernel starts in that way, so those have the host's clock.
COUNTED_CLOCK = ["-icount", "shift=2,sleep=off"]
# What a processor says of its faults can't be handed on everywhere.
PROCESSORS = {False: "host,arch-capabilities=off", True: "max"}
PROBE_SECONDS, KVM_SECONDS, EMULATED_SECONDS = 20, 1500, 7200
ENDED = "checks ended with"
RESULT = re.compile(r"^(ok    |FAILED) (.*)$")
# Drivers of Scripts/safety build their targets first; here they are built. The console's kernel
# messages are errors only.
INIT = f"""#!/bin/busybox sh
export PATH=/usr/bin:/usr/sbin HOME=/root LC_ALL=C.UTF-8 PYTHONUNBUFFERED=1
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /tmp
ip link set lo up
{PLACE}/Scripts/kernel_guest.py {{arguments}} </dev/null 2>&1
echo "{ENDED} $?"
poweroff -f
"""


def make_initramfs(path, arguments):
    with Archive(path) as archive:
        add_base(archive, BUSYBOX, INIT.format(arguments=" ".join(arguments)))
        archive.program(PROGRAM, f"{PLACE}/.build/release/ptarmigan")
        for program in sorted(PROGRAMS.iterdir()):
            if program.is_file():
                archive.program(program, f"{PLACE}/.build-targets/{program.name}")
        archive.tree(ROOT / "Scripts", f"{PLACE}/Scripts", re.compile("__pycache__"))
        archive.put("usr/bin/make", b"#!/bin/sh\n", 0o755)
        for name in PROGRAMS_OF_GUEST:
            archive.program(os.path.realpath(f"/usr/bin/{name}"), f"usr/bin/{name}")
        for library in OPENED:
            archive.program(library)
        add_python(archive)
        add_busybox_names(archive, BUSYBOX)


def machine(image, initramfs, is_emulated, processors):
    """The command line of a virtual machine that ends when its kernel does."""
    counted = COUNTED_CLOCK if is_emulated and processors == 1 else []
    return ["qemu-system-x86_64", *ACCELERATORS[is_emulated], *counted, "-smp", str(processors),
            "-cpu", PROCESSORS[is_emulated], "-m", str(MEMORY_MIB),
            "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-nic", "none",
            "-serial", "stdio", "-kernel", str(image),
            *(["-initrd", str(initramfs)] if initramfs else []),
            # A busy host is late with a timer that the kernel looks for.
            "-append", "console=ttyS0 quiet loglevel=4 panic=-1 no_timer_check"]


def runs_on_hardware(image):
    """Whether a kernel starts under KVM: without a root it ends in a panic, and its machine too.

    There are hosts where /dev/kvm opens and no such kernel comes to its first message.
    """
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return False
    lines = list(console(machine(image, None, False, 1), PROBE_SECONDS))
    return any("Kernel panic" in line for line in lines)


def console(command, seconds):
    """The lines of a machine's serial port; the machine is gone after the last one."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace")
    limit = threading.Timer(seconds, process.kill)
    limit.start()
    try:
        for line in process.stdout:
            # The firmware clears its screen, and lines of a terminal end with both characters.
            yield re.sub(r"\x1b[\[\]c][0-9;?]*[a-zA-Z]?", "", line).rstrip("\r\n")
    finally:
        limit.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def try_kernel(release, initramfs, processors):
    image = kernel(release)
    name = image.name.removeprefix("vmlinuz-")
    is_emulated = not runs_on_hardware(image)
    print(f"{name}: {'an emulated processor' if is_emulated else 'KVM'}", flush=True)
    processors = processors or (1 if is_emulated else 2)
    seconds = EMULATED_SECONDS if is_emulated else KVM_SECONDS
    count, ended = 0, "none"
    for line in console(machine(image, initramfs, is_emulated, processors), seconds):
        result = RESULT.match(line)
        if result:
            count += 1
            check(result[1] != "FAILED", f"{name}: {result[2]}")
        elif line.startswith(ENDED):
            ended = line.removeprefix(ENDED).strip()
        else:
            print(f"  {line}", flush=True)
    check(count > 0 and ended == "0",
          f"{name}: {count} checks within {seconds} s, exit code {ended}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--releases", default=",".join(RELEASES),
                        help="of Debian, whose kernels are tried")
    parser.add_argument("--processors", type=int, help="two; one where they are emulated")
    parser.add_argument("--parts", help="of Scripts/kernel_guest.py; all without it")
    options = parser.parse_args()
    # So that the machine is ended, too, by whatever ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as directory:
        initramfs = Path(directory) / "initramfs"
        make_initramfs(initramfs, ["--parts", options.parts] if options.parts else [])
        for release in options.releases.split(","):
            try_kernel(release, initramfs, options.processors)
    return conclude()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"FAILED {failure}")
        sys.exit(1)

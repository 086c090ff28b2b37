# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The root of a virtual machine, as one file that a kernel unpacks into memory.

It has this machine's programs with the libraries that they name, so that nothing is built for it.
"""

import os
import re
import stat
import subprocess
from pathlib import Path

# Debian's: its modules and its libraries are where its own program looks for them.
PYTHON = Path("/usr/bin/python3")
UNUSED_MODULES = re.compile(r"/(test|tests|idlelib|lib2to3|tkinter|turtledemo|ensurepip"
                            r"|pydoc_data|config-[^/]*|dist-packages)(/|$)")
# The directories that are links where /usr is merged, as in Debian since its release 12.
MERGED = ("bin", "sbin", "lib", "lib64")
# Linux, Documentation/driver-api/early-userspace/buffer-format.rst.
MAGIC, TRAILER, ALIGNMENT = "070701", "TRAILER!!!", 4
CONSOLE, NULL = (5, 1), (1, 3)


class Archive:
    """A cpio archive in the kernel's format; its writer needs no right to make devices."""

    def __init__(self, path):
        self.file = open(path, "wb")
        self.number = 0
        self.names = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.entry(TRAILER, 0, b"")
        self.file.close()

    def entry(self, name, mode, content, device=(0, 0)):
        self.number += 1
        encoded = str(name).encode() + b"\0"
        fields = (self.number, mode, 0, 0, 1, 0, len(content), 0, 0, *device, len(encoded), 0)
        self.padded(MAGIC.encode() + b"".join(b"%08X" % field for field in fields) + encoded)
        self.padded(content)

    def padded(self, content):
        self.file.write(content)
        self.file.write(b"\0" * (-self.file.tell() % ALIGNMENT))

    def directory(self, path):
        """A directory and those above it, once."""
        path = path.strip("/")
        if path and path not in self.names:
            self.directory(os.path.dirname(path))
            self.names.add(path)
            self.entry(path, stat.S_IFDIR | 0o755, b"")

    def put(self, path, content, mode=0o644):
        path = str(path).strip("/")
        if path not in self.names:
            self.directory(os.path.dirname(path))
            self.names.add(path)
            self.entry(path, stat.S_IFREG | mode, content)

    def link(self, path, target):
        path = str(path).strip("/")
        if path not in self.names:
            self.directory(os.path.dirname(path))
            self.names.add(path)
            self.entry(path, stat.S_IFLNK | 0o777, str(target).encode())

    def device(self, path, numbers):
        self.directory(os.path.dirname(path))
        self.entry(path, stat.S_IFCHR | 0o600, b"", numbers)

    def copy(self, source, path=None):
        source = Path(source)
        self.put(path or source, source.read_bytes(), source.stat().st_mode & 0o777)

    def tree(self, source, path=None, unused=None):
        """All files below a directory."""
        for directory, _, names in os.walk(source):
            for name in sorted(names):
                file = Path(directory, name)
                if not (unused and unused.search(str(file))) and file.is_file():
                    self.copy(file, Path(path or source) / file.relative_to(source))

    def program(self, source, path=None):
        self.copy(source, path)
        for library in libraries(source):
            # Below /usr, for which the links of MERGED stand.
            real = Path(os.path.realpath(os.path.dirname(library)), os.path.basename(library))
            self.copy(library, real)


def libraries(program):
    """The files that a program is linked against; none if it is static."""
    done = subprocess.run(["ldd", program], text=True, capture_output=True)
    return re.findall(r"(?:=> )?(/\S+) \(0x", done.stdout)


def add_python(archive):
    done = subprocess.run([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"],
                          text=True, capture_output=True, check=True)
    modules = Path(done.stdout.strip())
    archive.program(os.path.realpath(PYTHON), PYTHON)
    archive.tree(modules, unused=UNUSED_MODULES)
    for module in sorted((modules / "lib-dynload").glob("*.so")):
        for library in libraries(module):
            archive.copy(library, Path(os.path.realpath(os.path.dirname(library)),
                                       os.path.basename(library)))


def add_base(archive, busybox, init):
    """The first process, a shell's programs under their names, and the devices of the start."""
    for name in MERGED:
        archive.link(name, f"usr/{name}")
    for name in ("dev", "proc", "sys", "tmp", "run", "root", "usr/sbin", "usr/lib64"):
        archive.directory(name)
    archive.device("dev/console", CONSOLE)
    archive.device("dev/null", NULL)
    archive.put("init", init.encode(), 0o755)
    archive.put("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n")
    archive.put("etc/group", b"root:x:0:\n")
    archive.put("etc/hosts", b"127.0.0.1 localhost\n")
    archive.copy(busybox, "usr/bin/busybox")


def add_busybox_names(archive, busybox):
    """After all else: a program that is there under its name stays."""
    done = subprocess.run([busybox, "--list"], text=True, capture_output=True, check=True)
    for name in done.stdout.split():
        archive.link(f"usr/bin/{name}", "busybox")

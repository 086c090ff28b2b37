# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""py-spy and Austin, which know Python's own frames."""

import shutil

import mojo
import stacks
from children import first_line
from shared import UNPACKED
from tools import RATE, Tool


class PySpy(Tool):
    key, title = "py-spy", "py-spy record --native"
    gives, languages, is_killable = "stacks", ("Python",), True
    way = "ptrace, all threads at a time, and reads the interpreter's memory"
    options = ["--native"]

    @classmethod
    def path(cls):
        unpacked = UNPACKED / "py-spy/bin/py-spy"
        return unpacked if unpacked.exists() else shutil.which("py-spy")

    @classmethod
    def missing(cls):
        return None if cls.path() else "not installed (not in Debian; on PyPI)"

    @classmethod
    def version(cls):
        return first_line([cls.path(), "--version"])

    @classmethod
    def words(cls, pid, file):
        return [cls.path(), "record", "-p", pid, "-r", RATE, *cls.options, "-f", "raw", "-o",
                f"{file}.raw"]

    def is_ready(self):
        return "Sampling process" in self.child.said()

    def stacks(self):
        path = self.file.with_name("out.raw")
        return stacks.folded(path.read_text() if path.exists() else "", stacks.py_spy_frame)


class FreePySpy(PySpy):
    key, title = "py-spy-free", "py-spy record --nonblocking"
    way, is_killable = "reads the interpreter's memory while it runs", True
    options = ["--nonblocking"]


class Austin(Tool):
    key, title = "austin", "austin"
    gives, languages, is_killable = "stacks", ("Python",), True
    way = "reads the interpreter's memory while it runs"
    program = "austin"

    @classmethod
    def path(cls):
        unpacked = UNPACKED / "austin/bin" / cls.program
        return unpacked if unpacked.exists() else shutil.which(cls.program)

    @classmethod
    def missing(cls):
        return None if cls.path() else "not installed (PyPI's austin-dist)"

    @classmethod
    def version(cls):
        return first_line([cls.path(), "--version"])

    @classmethod
    def words(cls, pid, file):
        return [cls.path(), "-b", "-i", str(1_000_000 // RATE), "-o", f"{file}.mojo", "-p", pid]

    def is_ready(self):
        path = self.file.with_name("out.mojo")
        return path.exists() and path.stat().st_size > 0

    def stacks(self):
        path = self.file.with_name("out.mojo")
        return mojo.read(path.read_bytes()) if path.exists() else stacks.Stacks()


class AustinP(Austin):
    key, title = "austinp", "austinp"
    way = "ptrace, all threads at a time, and reads the interpreter's memory"
    program = "austinp"

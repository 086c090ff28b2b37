# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What an agent is made to look at: programs that are started here and end with their block."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from shared import PROGRAMS

# What the program of some symbols or bytes is called, and so its group.
ASSEMBLED = "assembled"
# A program that computes, in a file with symbols or bytes that it does not need.
PROGRAM = """
.text
.globl main
.type main, @function
main:
    .cfi_startproc
1:  add $1, %rax
    imul $3, %rax, %rcx
    jmp 1b
    .cfi_endproc
.size main, . - main
"""
ARM_PROGRAM = """
.text
.globl main
.type main, @function
main:
    .cfi_startproc
1:  add x0, x0, #1
    mul x1, x0, x0
    b 1b
    .cfi_endproc
.size main, . - main
"""


@contextlib.contextmanager
def running(*commands, **options):
    """Programs that run until the block ends."""
    started = []
    try:
        for command in commands:
            started.append(subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, **options))
        yield started
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def sleeping_threads(count):
    return running([PROGRAMS / "sleepers", "--seconds", 0, "--threads", count])


def sleeping_processes(count):
    return running([PROGRAMS / "sleepers", "--seconds", 0, "--processes", count, "--threads", 1])


def deep(frames):
    return running([PROGRAMS / "deep", "--frames", frames])


def busy(*_):
    return running([PROGRAMS / "busy", "--seconds", 0, "--threads", 1])


@contextlib.contextmanager
def groups(count):
    """As many programs that differ by their names, each a group, that run now and then."""
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        paths = []
        for number in range(count):
            paths.append(Path(name) / f"group{number}")
            shutil.copy(PROGRAMS / "bursts", paths[-1])
        with running(*([path, "--seconds", 0, "--burst-us", 200, "--sleep-us", 100_000]
                       for path in paths)) as processes:
            yield processes


@contextlib.contextmanager
def assembled(rest):
    """A program that computes, with something more in its file."""
    source = ARM_PROGRAM if os.uname().machine == "aarch64" else PROGRAM
    with tempfile.TemporaryDirectory(prefix="growth-") as directory:
        path = Path(directory) / f"{ASSEMBLED}.s"
        with open(path, "w") as file:
            file.write(source)
            file.writelines(rest)
            file.write('.section .note.GNU-stack,"",%progbits\n')
        program = path.with_suffix("")
        subprocess.run([shutil.which("gcc"), "-o", program, path], check=True)
        with running([program]) as processes:
            yield processes


def symbols(count):
    lines = (f".type f{number}, %function\nf{number}: nop\n.size f{number}, 1\n" if
             os.uname().machine != "aarch64" else
             f".type f{number}, %function\nf{number}: nop\n.size f{number}, 4\n"
             for number in range(count))
    return assembled(lines)


def file_mebibytes(count):
    return assembled([f".section .rodata\n.fill {count << 20}, 1, 7\n"])

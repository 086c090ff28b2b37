#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""`ptarmigan syscalls -- COMMAND` beside `strace -f -c`, and as its users meet it.

Counts and errors of each call must be strace's where all runs agree with each other; where they do
not, what our runs span must meet what strace's span, with a slack where threads and processes meet. Each check names what went wrong; the exit code
is 1 if any did.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from recordings import PROGRAMS, ROOT, check, check_refusals, conclude

RUNS = 3
# Sets and names as strace has them, each with a command that makes some of its calls.
SELECTIONS = ("openat", "%file", "%network", "%process", "%desc", "%memory", "%signal",
              "openat,close,read", "!%memory", "!openat,%desc")


def traced(options, directory, *arguments, command, mode=(), timeout=300):
    """What `ptarmigan syscalls` says of a command: by call, how many and how many failed."""
    path = directory / "ours.json"
    path.unlink(missing_ok=True)
    done = subprocess.run([options.ptarmigan, "syscalls", *mode, "-j", "-o", path, *arguments,
                           "--", *command], capture_output=True, text=True, timeout=timeout)
    if not path.exists():
        return done, {}
    report = json.loads(path.read_text())
    return done, {row["name"]: (row["calls"], sum(row["errors"].values()))
                  for row in report["syscalls"]}


def straced(directory, *arguments, command):
    """The same by strace."""
    path = directory / "strace.txt"
    subprocess.run(["strace", "-f", "-c", "-q", "-U", "calls,errors,name", "-o", path, *arguments,
                    *command], capture_output=True, timeout=300, check=False)
    counts = {}
    for line in path.read_text().splitlines():
        words = line.split()
        if len(words) in (2, 3) and words[0].isdigit() and words[-1] != "total":
            counts[words[-1]] = (int(words[0]), int(words[1]) if len(words) == 3 else 0)
    return counts


def differences(ours, theirs, columns=(0, 1), slack=0):
    """Calls of which no run of ours has a count that runs of strace have, or lie between.

    Where all runs of both agree that means the very same count. How often a thread waits for
    another, or a signal comes before or after a call, differs from run to run and with the speed of
    the tool: programs of several threads or processes have a slack for that, of a share or 3 calls.
    """
    wrong = {}
    for name in sorted({name for run in [*ours, *theirs] for name in run}):
        for column in columns:
            here, there = ([run.get(name, (0, 0))[column] for run in runs]
                           for runs in (ours, theirs))
            apart = max(min(there) - max(here), min(here) - max(there))
            if apart > (max(3, slack * max(there)) if slack else 0):
                wrong[f"{name} {'errors' if column else 'calls'}"] = (here, there)
    return wrong


def exactly(ours, theirs):
    """How many kinds of calls have one count in all runs of both."""
    return sum(len({run.get(name) for run in [*ours, *theirs]}) == 1 for name in ours[0])


def tree_of_c(directory):
    """A tree of C files with a Makefile; each run of make builds all of it."""
    tree = directory / "tree"
    tree.mkdir()
    names = [f"part{number}" for number in range(6)]
    for name in names:
        (tree / f"{name}.c").write_text(
            f"#include <stdio.h>\nint {name}(int x) {{ return printf(\"%d\", x) + x; }}\n")
    calls = " + ".join(f"{name}(1)" for name in names)
    externs = "".join(f"int {name}(int);" for name in names)
    (tree / "main.c").write_text(f"{externs}\nint main(void) {{ return ({calls}) & 1; }}\n")
    objects = " ".join(f"{name}.o" for name in [*names, "main"])
    (tree / "Makefile").write_text(
        f"program: {objects}\n\tcc -o $@ $^\n")
    return tree


def check_counts(options, directory):
    tree = tree_of_c(directory)
    commands = {
        "ls -lR": (["ls", "-lR", options.listed], 0),
        "git status": (["git", "-C", ROOT, "status"], 0.03),
        "python start": ([sys.executable, "-c", "import json, subprocess"], 0),
        "make -j2": (["make", "-B", "-j2", "-C", tree], 0.03),
    }
    for name, (command, slack) in commands.items():
        theirs, ours, counted, codes = [], [], [], set()
        for _ in range(RUNS):
            theirs.append(straced(directory, command=command))
            done, found = traced(options, directory, command=command)
            ours.append(found)
            codes.add(done.returncode)
            counted.append(traced(options, directory, command=command, mode=["--counts-only"])[1])
        wrong = differences(ours, theirs, slack=slack)
        check(codes == {0} and not wrong,
              f"{name}: {sum(count for count, _ in ours[0].values())} calls as strace has them, "
              f"{exactly(ours, theirs)} of {len(ours[0])} kinds exactly {wrong}")
        wrong = differences(counted, theirs, columns=(0,), slack=slack)
        check(not wrong, f"{name}, counts only: as many {wrong}")


def check_selections(options, directory):
    command = ["sh", "-c", "ls -l / | sort; getent hosts localhost; kill -0 $$"]
    for text in SELECTIONS:
        expression = f"trace={text}"
        theirs, ours = [], []
        for _ in range(RUNS):
            theirs.append(straced(directory, "-e", expression, command=command))
            ours.append(traced(options, directory, "-e", expression, command=command)[1])
        wrong = differences(ours, theirs, slack=0.03)
        check(not wrong and ours[0], f"-e {expression}: {sorted(ours[0])[:4]}, "
              f"{exactly(ours, theirs)} of {len(ours[0])} kinds exactly {wrong}")


def check_ends(options, directory):
    cases = ((["sh", "-c", "exit 7"], 7), (["sh", "-c", "kill -9 $$"], 137), (["true"], 0),
             (["/nonexistent"], 127), ([ROOT / "README.md"], 126),
             (["sh", "-c", "(sleep 0.2; exit 3) & exit 4"], 4))
    for command, code in cases:
        done, found = traced(options, directory, command=command)
        check(done.returncode == code, f"{command[-1]} ends with {done.returncode}")
        check(bool(found) == (code not in (126, 127)), f"there is a table if it was started")
    check(found.get("clock_nanosleep", (0, 0))[0] == 1, "a child that outlives it is followed")
    done = subprocess.run([options.ptarmigan, "syscalls", "--", "echo", "hello"], text=True,
                          capture_output=True, timeout=60)
    check(done.stdout == "hello\n" and "% time     seconds  usecs/call     calls    errors syscall"
          in done.stderr, "the command's output is its own, and the table has strace's heading")


def check_targets(options, directory):
    """Programs that exec from any thread, vfork, raise signals and storm."""
    for name in ("nonleader-exec", "vfork-parent", "exec-loop", "fork-storm", "zombie-leader"):
        command = [PROGRAMS / name, "--seconds", "1"]
        done, found = traced(options, directory, command=command, timeout=60)
        check(found and done.returncode == 0,
              f"{name}: {sum(count for count, _ in found.values())} calls, {done.returncode}")


def check_as_found(options, directory):
    """Job control reaches a followed command, and an ignored signal fails none of its waits."""
    script = ("trap '' CHLD; exec python3 -c '\n"
              "import select, subprocess, signal, time\n"
              "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
              "poll = select.epoll()\n"
              "for _ in range(20):\n"
              "    subprocess.Popen([\"true\"])\n"
              "    poll.poll(0.05)\n'")
    done, found = traced(options, directory, command=["sh", "-c", script])
    waits = [(name, counts) for name, counts in found.items() if name.startswith("epoll_wait")]
    check(done.returncode == 0, f"waits under ignored SIGCHLD end well: {waits} {done.stderr[-200:]}")
    path = directory / "stopped.json"
    process = subprocess.Popen([options.ptarmigan, "syscalls", "-j", "-o", path, "--",
                                "sh", "-c", "kill -STOP $$; exit 5"])
    command = wait_for_child(process.pid)
    wait_for_state(command, "Tt")
    os.kill(command, signal.SIGCONT)
    check(process.wait(20) == 5, "a command that stops itself goes on when it is continued")


def wait_for_child(pid):
    while True:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += (task / "children").read_text().split()
        if children:
            return int(children[0])


def state(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def wait_for_state(pid, states):
    while state(pid) not in states:
        time.sleep(0.01)


def check_killed(options, directory):
    """The command ends with a tracer that is killed: its calls would fail with ENOSYS for ever."""
    process = subprocess.Popen([options.ptarmigan, "syscalls", "-o", directory / "x", "--",
                                "sleep", "1000"], stderr=subprocess.DEVNULL)
    command = wait_for_child(process.pid)
    while Path(f"/proc/{command}/comm").read_text() != "sleep\n":
        time.sleep(0.01)
    process.kill()
    process.wait()
    end = time.monotonic() + 20
    while Path(f"/proc/{command}").exists() and state(command) != "Z" and time.monotonic() < end:
        time.sleep(0.01)
    gone = not Path(f"/proc/{command}").exists() or state(command) == "Z"
    check(gone, "a command ends with its tracer")


def check_refused(options):
    run = lambda *arguments: subprocess.run(
        [options.ptarmigan, "syscalls", *map(str, arguments)], text=True, capture_output=True,
        timeout=60)
    check_refusals(run, "syscalls", (
        ((), 2, "COMMAND"),
        (("-p", "1", "--", "true"), 2, "one of"),
        (("-p", "1", "--pin"), 2, "--pin"),
        (("-e", "trace=opena", "--", "true"), 2, "openat"),
        (("-S", "colour", "--", "true"), 2, "colour"),
        (("-U", "calls,colour", "--", "true"), 2, "colour"),
        (("-o", "/nonexistent/x", "--", "true"), 1, "/nonexistent/x"),
    ))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ptarmigan", type=Path, default=ROOT / ".build/release/ptarmigan")
    parser.add_argument("--listed", default="/usr/share", help="the directory for ls -lR")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ptarmigan-syscalls-") as name:
        directory = Path(name)
        check_counts(options, directory)
        check_selections(options, directory)
        check_ends(options, directory)
        check_targets(options, directory)
        check_as_found(options, directory)
        check_killed(options, directory)
    check_refused(options)
    return conclude()


sys.exit(main())

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Runs in a virtual machine with the kernel that is tried: the checks of Scripts/test-kernels.py.

    Scripts/kernel_guest.py [--parts PART,...]

The checks of recordings, windows and tiers, and the drivers of Scripts/safety, are those that run
elsewhere, too. Needs root, and a machine for itself. Exits with 0 or 1.
"""

import argparse
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

from agents import SAMPLE, TARGETS, Agent, get, started
from recordings import ROOT, check, conclude

PROGRAM = str(ROOT / ".build/release/ptarmigan")
METHODS = ("seize", "attach")
RATES = (99, 1000)
SECONDS = 4
DRIVER_SECONDS = 1200
# The budgets are lifted, so that each run makes all the visits that its rate asks for.
FREE = "--budget.target-pause 100 --budget.agent-cpu 100"
AGENT = (f"{PROGRAM} agent --pid {{pid}} --rate {{rate}} {FREE} --no-canary "
         "--web.listen-address 127.0.0.1:0")
CHOSEN = f"{AGENT} --stop-method {{method}}"
POINT = f"{AGENT} --debug-die-at {{point}}"
BLIND = f"{AGENT} --debug-no-look --debug-no-repair --debug-no-transfer-guard"
WINDOWS = f"{PROGRAM} syscalls -p {{pid}} -d 3600 --budget.target-pause 5"
# How late a wait is cannot be judged here: the host has other work.
CLOCKS = ["--allowance-ms", 5000, "--coarse-allowance-ms", 5000]
# An emulated processor is many times slower: an agent needs a second to come to its first visit, so
# agents live longer.
PACES = {False: ["--grace", 0.25, "--least", 0.02, "--window", 0.3],
         True: ["--grace", 5, "--least", 1, "--window", 2, "--patience", 120]}


def run(*command, seconds=60, **options):
    return subprocess.run([str(word) for word in command], text=True, capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=seconds, **options)


def is_emulated():
    """QEMU's own processor says what it is."""
    return "TCG" in Path("/proc/cpuinfo").read_text()


def load(name):
    """Another test as a module; its name is none that could be imported."""
    specification = importlib.util.spec_from_file_location(name.replace("-", "_"),
                                                           ROOT / f"Scripts/{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def drive(name, *arguments):
    """One of the drivers of Scripts/safety; its tables go where this output goes."""
    command = [ROOT / f"Scripts/safety/{name}.py", *arguments]
    try:
        code = subprocess.run([sys.executable, *map(str, command)], timeout=DRIVER_SECONDS,
                              stdin=subprocess.DEVNULL).returncode
    except subprocess.TimeoutExpired:
        code = f"no end within {DRIVER_SECONDS} s"
    shown = " ".join(map(str, arguments)).replace(str(ROOT) + "/", "").replace(f" {FREE}", "")
    check(code == 0, f"safety/{name}.py {shown}: {code}")


def check_doctor(_):
    for method in METHODS:
        done = run(PROGRAM, "doctor", "--stop-method", method)
        print(done.stdout, done.stderr, sep="", flush=True)
        check(done.returncode == 0 and "tier 1" in done.stdout, f"doctor, {method}: tier 1")


def check_recordings(directory):
    """The split of a busy program; waits without a stop; what a command starts; Ctrl-C."""
    test = load("test-record")
    options = SimpleNamespace(ptarmigan=PROGRAM, seconds=SECONDS)
    test.check_split(options, directory)
    test.check_command(options, directory)
    test.check_wall(options, directory)
    test.check_dump(options)
    test.check_interrupt(options, directory)


def check_calls(_):
    """System calls of a command and of a running program."""
    done = run(PROGRAM, "syscalls", "--", "ls", "-l", "/")
    print(done.stderr, flush=True)
    rows = re.findall(r"^ *[\d.]+ +[\d.]+ .* ([a-z]\w+)(?: |$)", done.stderr, re.MULTILINE)
    check(done.returncode == 0 and "init" in done.stdout and {"execve", "write"} <= set(rows),
          f"syscalls -- ls -l /: {done.returncode}, {len(rows)} calls")
    test = load("test-windows")
    options = SimpleNamespace(ptarmigan=PROGRAM, seconds=SECONDS)
    if os.cpu_count() == 1:
        print("skipped: syscalls -p: a window does not come about where there is one CPU")
        return
    if is_emulated():
        check_seen(test, options)
        return
    test.LOOPS = {name: test.LOOPS[name] for name in (
        "getppid, 1,000/s", "sleeps, 300/s", "reads, 10,000/s", "reads, as many as it can")}
    test.check_rates(options)
    test.check_budget(options)


def check_seen(test, options):
    """Stops take milliseconds in an emulated processor: a usual budget has not enough for them."""
    for arguments, call in ((("--gets", -1), "getppid"), (("--reads", -1), "pread64")):
        with test.Callers(*arguments) as target:
            report = test.watch(options, target.pid, "--budget.target-pause", "50",
                                "--visit-kernel", seconds=SECONDS)
            lives = target.process.poll() is None
        rows = {row["name"]: row for row in report["syscalls"]} if isinstance(report, dict) else {}
        check(lives and rows.get(call, {}).get("calls", 0) > 10,
              f"syscalls -p: {call}: {rows.get(call, report)}")


def check_agent(_):
    """What an agent serves about a busy program, at each rate and by each method of stopping."""
    for method in METHODS:
        for rate in RATES:
            name = f"agent, {method}, {rate} Hz"
            with started(TARGETS / "busy", "--seconds", 0, "--threads", 1) as busy, \
                    Agent("--pid", busy.pid, "--rate", rate, "--stop-method", method,
                          *FREE.split()) as agent:
                family = "ptarmigan_function_cpu_seconds_total"
                agent.wait(f"{name}: samples",
                           lambda: agent.value(family, 'function="hot_sixty"') > 2)
                check_metrics(name, agent, family)


def check_metrics(name, agent, family):
    kind, text = get(agent.url)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    bad = [line for line in lines if not SAMPLE.fullmatch(line)]
    check(len(lines) > 100 and not bad and text.endswith("\n"),
          f"{name}: {len(lines)} samples as {kind}, unreadable {bad[:1]}")
    hot = agent.value(family, 'function="hot_sixty"')
    rest = sum(agent.value(family, f'function="{other}"') for other in ("warm_thirty", "cool_ten"))
    share = hot / (hot + rest or 1)
    check(0.45 < share < 0.75, f"{name}: {share:.2f} of the time in a function that has 0.6 of it")
    visits = agent.value("ptarmigan_target_pause_seconds_count")
    held = agent.value("ptarmigan_target_pause_seconds_sum")
    check(visits > 50, f"{name}: {visits:.0f} visits, {held / (visits or 1) * 1e6:.0f} us each")


def check_tiers(_):
    """Users and capabilities, and a filter of system calls."""
    done = subprocess.run([sys.executable, ROOT / "Scripts/test-tiers.py", "root", "both",
                           "trace_only", "no_ptrace"], timeout=DRIVER_SECONDS)
    check(done.returncode == 0, f"test-tiers.py: {done.returncode}")


def waits():
    """The waits that this kernel has: epoll_pwait2 came with Linux 5.11."""
    done = run(TARGETS / "waits", "--seconds", 1)
    found = next(json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    missing = {"epoll_pwait2"} if kernel_version() < (5, 11) else set()
    return ["--only", ",".join(sorted({wait["name"] for wait in found["waits"]} - missing))]


def kernel_version():
    return tuple(map(int, re.match(r"(\d+)\.(\d+)", platform.release()).groups()))


def check_waits(_):
    drive("eintr", "--agent", AGENT, "--seconds", 6, "--rates", "99,1000", "--seccomp-seconds", 2,
          *CLOCKS, *waits())
    drive("eintr", "--agent", BLIND, "--seconds", 4, "--rates", 99, "--must-fail",
          *waits())
    drive("transfers", "--agent", AGENT, "--seconds", 1)


def check_signals(_):
    for rate in RATES:
        drive("signals", "--agent", AGENT, "--signals", 4000, "--rates", rate)


def check_ends(_):
    pace = PACES[is_emulated()]
    for rate in RATES:
        drive("as_found", "--agent", CHOSEN, "--kills", 50, "--terms", 5, "--rate", rate,
              "--parts", "running,signals", *pace)
    drive("as_found", "--agent", CHOSEN, "--point-agent", POINT, "--kills", 10, "--terms", 2,
          "--point-rounds", 3, "--parts", "stopped,points", *pace)


def check_exotic(_):
    parts = "nonleader-exec,exec-loop,zombie-leader,vfork-exec,vfork-exit,vfork-slow,sleepers"
    drive("exotic", "--agent", AGENT, "--parts", parts, "--seconds", 2)


def check_windows(_):
    if os.cpu_count() == 1:
        print("skipped: promises under windows: there is one CPU")
        return
    drive("eintr", "--agent", WINDOWS, "--seconds", 6, "--rates", 1000, "--seccomp-seconds", 2,
          *CLOCKS, *waits(), "--no-probe")
    drive("as_found", "--agent", WINDOWS, "--kills", 15, "--terms", 5, "--point-rounds", 0,
          "--no-probe")


def check_older_calls(directory):
    """No more system calls than Linux 4.19 has: a filter makes that of this kernel."""
    older = [sys.executable, ROOT / "Scripts/older_calls.py", PROGRAM]
    done = run(*older, "doctor")
    check(done.returncode == 0 and "tier 1" in done.stdout, f"older calls: doctor: {done.stdout}")
    with started(TARGETS / "busy", "--seconds", 0, "--threads", 1) as busy:
        path = directory / "older.folded"
        done = run(*older, "record", "-p", busy.pid, "-d", 5, "-o", path, "--no-inline",
                   "--budget.target-pause", 100)
        text = path.read_text() if path.exists() else ""
        check(done.returncode == 0 and ";hot_sixty " in text,
              f"older calls: record: {done.returncode}, {done.stderr.strip()[-300:]}")
    done = run(*older, "syscalls", "--", "ls", "/")
    rows = re.findall(r"^ *\d.* (\w+)$", done.stderr, re.MULTILINE)
    check("execve" in rows or (done.returncode != 0 and "PTRACE_GET_SYSCALL_INFO" in done.stderr),
          f"older calls: syscalls -- ls / counts, or says what is missing: {done.stderr}")
    drive("eintr", "--agent", f"{' '.join(map(str, older))} {AGENT.removeprefix(PROGRAM)} "
          "--debug-no-look", "--seconds", 4, "--rates", 99, *CLOCKS, *waits())


PARTS = {"doctor": check_doctor, "recordings": check_recordings, "calls": check_calls,
         "agent": check_agent, "tiers": check_tiers, "waits": check_waits,
         "signals": check_signals, "ends": check_ends, "exotic": check_exotic,
         "windows": check_windows, "older-calls": check_older_calls}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parts", default=",".join(PARTS), help="which, with commas between them")
    options = parser.parse_args()
    print(f"kernel {platform.release()}: {platform.version()}", flush=True)
    for name in options.parts.split(","):
        with tempfile.TemporaryDirectory() as directory:
            try:
                PARTS[name](Path(directory))
            # The other parts still have something to tell.
            except (Exception, SystemExit) as error:
                check(False, f"{name} did not come to its end: {error!r}")
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

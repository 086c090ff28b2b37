#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Transfers cut short: each loop alone, under the naive visitor, and under the agent.

A stop inside a transfer cannot be repaired, so an agent has to stay away from it. It passes if no
loop is short alone, and it cuts short at most a given part of what the naive visitor does.
`--tools` names tools that then take turns on the same loops, each attaching again and again: what
they cut short is counted beside it, and judged by nobody.
"""

import os
import re
import signal
import subprocess
import sys
import time

from attachers import COMMANDS, PYTHON_ONLY, Attacher, missing
from harness import (NAIVE, ROOT, Agent, HarnessError, Target, TargetHung, arguments, build,
                     conclude, run_main, see_visits, table)

LOOPS = ("zero-read", "getrandom", "pipe-write", "socket-write", "recv-waitall", "sendfile",
         "uring-wait", "file-read", "file-write", "dd")
# The same in Python.
PYTHON_LOOPS = ("python-zero-read", "python-getrandom")


def run_dd(options, template):
    """GNU dd itself: it reports full and partial records when it gets SIGINT."""
    process = subprocess.Popen(
        ["dd", "if=/dev/zero", "of=/dev/null", "bs=1M"], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "LC_ALL": "C"},
        # Who runs this in the background may have it ignored, and dd keeps to that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        if template is None:
            time.sleep(options.seconds)
        else:
            with Agent(template, process.pid, options.rate) as agent:
                time.sleep(options.seconds)
                agent.kill()
        process.send_signal(signal.SIGINT)
        _, text = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()
    counts = re.search(r"(\d+)\+(\d+) records in", text)
    copied = re.search(r"(\d+) bytes", text)
    if counts is None or copied is None:
        raise HarnessError(f"dd said {text!r}")
    full, partial = map(int, counts.groups())
    return {"calls": full + partial, "short": partial, "interrupted": 0, "failed": 0,
            "lost_bytes": ((full + partial) << 20) - int(copied.group(1))}


def run_loop(options, loop, template):
    if loop == "dd":
        return run_dd(options, template)
    with start_loop(options, loop) as target:
        if template is None:
            result = target.finish(options.seconds + 10)
        else:
            with Agent(template, target.pid, options.rate) as agent:
                result = target.finish(options.seconds + 10)
                agent.kill()
        if "transfers" not in result:
            raise TargetHung(target)
    return result["transfers"]


def start_loop(options, loop):
    if loop in PYTHON_LOOPS:
        return Target(sys.executable, ROOT / "Tests/Targets/transfers.py", "--loop",
                      loop.removeprefix("python-"), "--seconds", options.seconds)
    return Target("transfers", "--loop", loop, "--mix", options.mix, "--seconds", options.seconds)


def run_tool(options, loop, tool):
    """A loop while a tool attaches to it and lets it go, time after time."""
    with start_loop(options, loop) as target:
        with Attacher(tool, target.pid) as attacher:
            time.sleep(options.seconds * 0.9)
        result = target.finish(options.seconds + 10)
        if "transfers" not in result:
            raise TargetHung(target)
    return {**result["transfers"], "attaches": attacher.attaches, "refused": attacher.refused}


def run_tools(options, loops):
    """What each tool cuts short of the same loops."""
    found, rows = {}, []
    for tool in options.tools.split(","):
        if missing(tool):
            print(f"without {tool}: {missing(tool)}")
            continue
        for loop in (*loops, *PYTHON_LOOPS):
            if loop == "dd" or (tool in PYTHON_ONLY and loop not in PYTHON_LOOPS):
                continue
            result = run_tool(options, loop, tool)
            found.setdefault(tool, {})[loop] = result
            rows.append([f"{tool}, {loop}", *(result[key] for key in (
                "attaches", "calls", "short", "interrupted", "lost_bytes"))])
    table(["tool and loop", "attaches", "calls", "short", "EINTR", "lost bytes"], rows)
    return found


def disturbed(result):
    return result["short"] + result["interrupted"] + result["failed"]


def main():
    options = arguments(
        __doc__, 5, rate=(99, "Hz"), loops=(",".join(LOOPS), "which loops"),
        mix=(0.0, "per cent of the time in user code between two transfers"),
        fraction=(0.1, "the part of the naive visitor's short counts that may remain"),
        tools=("", f"some of {','.join(COMMANDS)}, to be counted beside it")).parse_args()
    build()
    failures, rows, data = [], [], {"agent": options.agent, "loops": {}}
    if not options.no_probe:
        failures.extend(filter(None, [see_visits(options.agent, options.rate)]))
    total = {"naive": 0, "agent": 0}
    for loop in options.loops.split(","):
        runs = {name: run_loop(options, loop, template) for name, template in
                (("alone", None), ("naive", NAIVE), ("agent", options.agent))}
        data["loops"][loop] = runs
        if disturbed(runs["alone"]):
            raise HarnessError(f"{loop} is short even alone: {runs['alone']}")
        for name in total:
            total[name] += disturbed(runs[name])
        allowed = disturbed(runs["naive"]) * options.fraction
        if disturbed(runs["agent"]) > allowed:
            failures.append(f"{loop}: {disturbed(runs['agent'])} short under the agent, "
                            f"{disturbed(runs['naive'])} under the naive visitor")
        rows.append([loop, runs["alone"]["calls"],
                     *(runs[name][key] for name in ("naive", "agent")
                       for key in ("calls", "short", "interrupted", "lost_bytes"))])
    if total["naive"] == 0:
        raise HarnessError("not even the naive visitor cut a transfer short: nothing is shown")
    data["short"] = total
    table(["loop", "alone calls", "naive calls", "short", "EINTR", "lost bytes",
           "agent calls", "short", "EINTR", "lost bytes"], rows)
    if options.tools:
        data["tools"] = run_tools(options, options.loops.split(","))
    return conclude("transfers", options, failures, data)


if __name__ == "__main__":
    run_main(main)

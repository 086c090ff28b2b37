#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Targets at the edges of ptrace: exec by a non-leader, exec in a loop, a zombie leader, vfork,
state D, sleepers, a debugger that was there first, and a storm of short-lived processes.

For each: the agent lives on, has no zombies, ends on SIGTERM; the target hangs nowhere, is not left
traced or stopped, and reports what it would report alone.
"""

import shutil
import subprocess
import time

from harness import (NAIVE, Agent, Target, arguments, build, children, conclude, lasting_zombies,
                     not_as_found, run_main, see_visits, settled, table)

# Name: (command, fields that must be 0, the field that counts work, least work a second).
PARTS = {
    "nonleader-exec": (["nonleader-exec"], (), "rounds", 5),
    "exec-loop": (["exec-loop"], (), "rounds", 20),
    "zombie-leader": (["zombie-leader"], (), "rounds", 50),
    "vfork-exec": (["vfork-parent", "--child", "exec"], ("failed", "interrupted"), "rounds", 20),
    "vfork-exit": (["vfork-parent", "--child", "exit"], ("failed", "interrupted"), "rounds", 20),
    "vfork-slow": (["vfork-parent", "--child", "slow"], ("failed", "interrupted"), "rounds", 5),
    "dstate": (["dstate"], ("failed",), "seen_blocked", 5),
    "sleepers": (["sleepers", "--threads", "200"], (), None, 0),
    "fork-storm": (["fork-storm"], ("failed", "signalled", "refused", "overdue"), "reaped", 50),
}

# The main thread of `sleepers` wakes once a second; its 200 others never do.
SLEEPERS_MAY_SWITCH = 100


def watch(agent, target, seconds, note):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(min(0.2, max(0.0, end - time.monotonic())))
        if not agent.is_alive():
            note(f"the agent ended by itself: {agent.excuse()}")
            return
    zombies = lasting_zombies(agent.pid)
    if zombies:
        note(f"the agent has {len(zombies)} zombies")


def judge(name, result, seconds, note):
    """Returns the work that the target did."""
    _, zeros, work, least = PARTS[name]
    if result is None:
        note("the target hung: no report within its time")
        return None
    for field in zeros:
        if result[field] > 0:
            note(f"{result[field]} {field}")
    if work is None:
        # A thread that never runs is never stopped; each stop would be a switch or two.
        if result["switches"] > SLEEPERS_MAY_SWITCH:
            note(f"sleeping threads were woken {result['switches']} times")
        return f"{result['switches']} switches"
    if result[work] < least * seconds:
        note(f"only {result[work]} {work} in {seconds} s: it hung for a time")
    return f"{result[work]} {work}"


def run_part(options, name, failures):
    before = len(failures)

    def note(problem):
        failures.append(f"{name}: {problem}")

    command = PARTS[name][0]
    seconds = options.storm_seconds if name == "fork-storm" else options.seconds
    if name == "fork-storm":
        command = command + ["--rate", options.storm_rate]
    template = options.agent_tree if name == "fork-storm" else options.agent
    # The target goes on for some time without the agent: it has to be able to.
    length = seconds + options.settle + 2
    with Target(*command, "--seconds", length) as target:
        with Agent(template, target.pid, options.rate) as agent:
            watch(agent, target, seconds, note)
            if agent.is_alive():
                for problem in filter(None, [agent.stop()]):
                    note(problem)
        for pid in [target.pid, *children(target.pid)]:
            for problem in settled(pid, options.grace)[1]:
                note(f"left behind: {problem}")
        result = target.finish(length + 10).get(target.name)
    work = judge(name, result, seconds, note)
    return [name, work or "-", len(failures) - before]


def run_debugger(options, failures):
    """gdb holds the target when the agent comes: the agent keeps away, and gdb never notices."""
    name, before = "gdb-first", len(failures)

    def note(problem):
        failures.append(f"{name}: {problem}")

    with Target("busy", "--seconds", 0, "--threads", 2) as target:
        held = options.seconds
        debugger = subprocess.Popen(
            ["gdb", "-nx", "-batch", "-p", str(target.pid), "-ex", f"shell sleep {held}",
             "-ex", "detach"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            end = time.monotonic() + 20
            while not_as_found(target.pid, tracer=debugger.pid) and time.monotonic() < end:
                time.sleep(0.01)
            # An agent that is told to sample a traced process may refuse, and say so; one that
            # samples all processes has to live with it.
            command = options.agent_tree or options.agent
            with Agent(command, target.pid, options.rate) as agent:
                text, _ = debugger.communicate(timeout=held + 20)
                # With the debugger gone the target runs, and the agent may visit it.
                watch(agent, target, 1, note)
                for problem in filter(None, [agent.stop()]):
                    note(problem)
        finally:
            debugger.kill()
            debugger.wait()
        if debugger.returncode != 0 or "detached" not in text:
            note(f"gdb ended with {debugger.returncode}: {text.strip().splitlines()[-1:]}")
        for problem in settled(target.pid, options.grace)[1]:
            note(f"left behind: {problem}")
        target.terminate()
        result = target.finish(10).get("busy")
        if result is None:
            note("the target hung")
    return [name, f"{result['rounds']} rounds" if result else "-", len(failures) - before]


def main():
    names = [*PARTS, "gdb-first"]
    options = arguments(
        __doc__, 5, rate=(99, "Hz"), parts=(",".join(names), "which targets"),
        grace=(0.25, "seconds until the target has to be as found"),
        storm_rate=(500, "processes a second"), storm_seconds=(60.0, "length of the storm"),
        agent_tree=("", "command line that also samples descendants of {pid}; else --agent")
    ).parse_args()
    if not options.agent_tree:
        options.agent_tree = options.agent
        if options.agent == NAIVE:
            options.agent_tree += " --children"
    build()
    failures, rows = [], []
    if not options.no_probe:
        failures.extend(filter(None, [see_visits(options.agent, options.rate)]))
    for name in options.parts.split(","):
        if name != "gdb-first":
            rows.append(run_part(options, name, failures))
        elif shutil.which("gdb") is None:
            failures.append("gdb-first: gdb is not installed; leave it out with --parts")
        else:
            rows.append(run_debugger(options, failures))
    table(["target", "its work", "failures"], rows)
    return conclude("exotic", options, failures,
                    {"agent": options.agent, "work": {row[0]: row[1] for row in rows}})


if __name__ == "__main__":
    run_main(main)

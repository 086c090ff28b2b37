#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""As found: whatever happens to the agent, its target runs on, or stays stopped, as before.

Kills the agent at random moments, ends it with SIGTERM, and kills it at named points while signals
are queued to the target. `--agent` may contain {method}; `--point-agent` contains {point}, and its
agent has to end itself by SIGKILL there. A stop meets a signal only if that comes between the seize
and the interrupt: for the point 'signal' an agent should wait a while between the two.
"""

import os
import random
import signal
import subprocess
import time

from harness import (NAIVE, PROGRAMS, Agent, HarnessError, Target, arguments, build, conclude,
                     not_as_found, progresses, run_main, see_visits, settled, table)


def end_agents(options, target, stopped, values, kills, terms, note):
    """Starts and ends agents; returns how many were ended and how long the target took."""
    longest = 0.0
    for turn in range(kills + terms):
        how = signal.SIGKILL if turn < kills else signal.SIGTERM
        with Agent(options.agent, target.pid, options.rate, **values) as agent:
            time.sleep(options.least + random.random() * options.window)
            if not agent.is_alive():
                note(f"the agent ended by itself: {agent.excuse()}")
                return turn, longest
            if how == signal.SIGKILL:
                agent.kill()
            else:
                for problem in filter(None, [agent.stop()]):
                    note(problem)
        took, problems = settled(target.pid, options.grace, stopped)
        longest = max(longest, took)
        if not stopped and not progresses(target.pid):
            problems.append("it makes no progress")
        # A SIGSTOP that the agent sent may arrive only now, in a target that seemed settled.
        problems = problems or settled(target.pid, options.grace, stopped)[1]
        if problems:
            note(f"after {how.name} number {turn + 1}: {summary(problems)}")
            repair(target.pid, stopped)
    return kills + terms, longest


def summary(problems):
    """One line for one turn: a stopped process has the same to say of each thread."""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return problems[0] + more


def repair(pid, stopped):
    """So that one failure is not counted for every later turn."""
    os.kill(pid, signal.SIGSTOP if stopped else signal.SIGCONT)
    settled(pid, 1, stopped)


def check_parent(result, stopped, note, releases):
    """The real parent saw what we did, and nothing else.

    A target of the classic method whose agent is killed between its SIGSTOP and the detach does stop,
    and the guard continues it; the kernel tells the real parent both. That can be as often as agents
    were killed (`releases`), and is documented.
    """
    if result is None:
        note("the parent's report is missing")
        return
    seen = min(max(result[event] for event in ("stopped", "continued")) - int(stopped), releases)
    if seen > 0:
        print(f"the real parent saw {seen} stops by agents that were killed in the classic method")
        result = {**result, "sigchld": max(0, result["sigchld"] - 2 * seen),
                  **{event: max(int(stopped), result[event] - seen)
                     for event in ("stopped", "continued")}}
    expected = {"stopped": int(stopped), "continued": int(stopped), "trapped": 0, "killed": 0,
                "exited": 1}
    for event, count in expected.items():
        if result[event] != count:
            note(f"its real parent saw {result[event]} times '{event}', not {count}")
    if result["sigchld"] > sum(expected.values()):
        note(f"its real parent got {result['sigchld']} SIGCHLD")


def run_state(options, method, stopped, failures):
    label = f"{method}, {'stopped' if stopped else 'running'} target"

    def note(problem):
        failures.append(f"{label}: {problem}")

    with Target("sentinel", "--", PROGRAMS / "busy", "--seconds", 0, "--threads", 2,
                "--sleepers", 2) as target:
        if stopped:
            os.kill(target.pid, signal.SIGSTOP)
            settled(target.pid, 2, stopped=True)
        for problem in not_as_found(target.pid, stopped):
            raise HarnessError(f"before any visit: {problem}")
        ended, longest = end_agents(options, target, stopped, {"method": method}, options.kills,
                                    options.terms, note)
        if stopped:
            os.kill(target.pid, signal.SIGCONT)
            settled(target.pid, 2)
        target.terminate()
        results = target.finish(15)
        releases = options.kills if method == "attach" and not stopped else 0
        check_parent(results.get("sentinel"), stopped, note, releases)
    return [label, ended, f"{longest * 1e3:.1f}",
            sum(failure.startswith(label) for failure in failures)]


def run_signals(options, method, failures):
    """Random kills while signals arrive: none may be lost, doubled or out of order."""
    label = f"{method}, signals under kills"
    with Target("signals", "--signals", 1000000, "--rate", options.signal_rate,
                "--hold") as target:
        os.kill(target.others[0], signal.SIGUSR1)
        ended, end = 0, time.monotonic() + options.seconds
        while time.monotonic() < end:
            with Agent(options.agent, target.pid, options.rate, method=method) as agent:
                time.sleep(options.least + random.random() * options.window)
                agent.kill()
            ended += 1
        target.terminate()
        result = target.finish(30).get("signals")
    judge_signals(label, result, failures)
    return [label, ended, "", sum(failure.startswith(label) for failure in failures)]


def judge_signals(label, result, failures):
    if result is None:
        failures.append(f"{label}: the target hung")
        return
    for key in ("lost", "duplicated", "reordered"):
        if result[key] > 0:
            failures.append(f"{label}: {result[key]} of {result['sent']} signals {key}")


def run_point(options, point, failures):
    """The agent dies at one named point, time and again, while signals are queued."""
    label, died = f"killed at '{point}'", 0
    with Target("signals", "--signals", 1000000, "--rate", options.signal_rate,
                "--hold") as target:
        os.kill(target.others[0], signal.SIGUSR1)
        for turn in range(options.point_rounds):
            with Agent(options.point_agent, target.pid, options.point_rate, point=point,
                       method="seize") as agent:
                try:
                    agent.process.wait(timeout=options.patience)
                except subprocess.TimeoutExpired:
                    failures.append(f"{label}: the agent did not come there in round {turn + 1}")
                    break
                if agent.process.returncode == -signal.SIGKILL:
                    died += 1
                else:
                    failures.append(f"{label}: the agent ended with {agent.process.returncode}")
                    break
            for problem in settled(target.pid, options.grace)[1]:
                failures.append(f"{label}: {problem}")
        target.terminate()
        result = target.finish(30).get("signals")
    judge_signals(label, result, failures)
    return [label, died, "", sum(failure.startswith(label) for failure in failures)]


def main():
    options = arguments(
        __doc__, 10, rate=(99, "Hz"), methods=("seize,attach", "for {method}"),
        kills=(200, "SIGKILLs for each method and state"), terms=(50, "SIGTERMs"),
        least=(0.02, "seconds an agent lives at least"),
        window=(0.3, "random seconds on top of that"),
        grace=(0.25, "seconds until the target has to be as found"),
        signal_rate=(2000, "signals a second"), patience=(30.0, "seconds to reach a point"),
        points=("seized,interrupted,stopped,registers,signal", "for {point}; '' for none"),
        point_rate=(99, "Hz, for {rate} in --point-agent"),
        point_rounds=(10, "deaths at each point"),
        point_agent=(f"{NAIVE} --gap-us 200 --die-at {{point}}",
                     "command line with {pid} and {point}"),
        parts=("running,stopped,signals,points", "which parts")).parse_args()
    if options.agent == NAIVE:
        options.agent += " --method {method}"
    build()
    parts, failures, rows = options.parts.split(","), [], []
    methods = options.methods.split(",") if "{method}" in options.agent else ["default"]
    for method in methods:
        if not options.no_probe:
            failures.extend(
                filter(None, [see_visits(options.agent, options.rate, method=method)]))
        for part, stopped in (("running", False), ("stopped", True)):
            if part in parts:
                rows.append(run_state(options, method, stopped, failures))
        # The classic method is documented as not signal-exact.
        if "signals" in parts and method != "attach":
            rows.append(run_signals(options, method, failures))
    for point in filter(None, options.points.split(",")):
        if "points" in parts:
            rows.append(run_point(options, point, failures))
    table(["part", "agents ended", "longest ms", "failures"], rows)
    return conclude("as_found", options, failures, {
        "agent": options.agent, "parts": {row[0]: row[1:] for row in rows}})


if __name__ == "__main__":
    run_main(main)

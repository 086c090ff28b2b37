#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""No EINTR, no stretched timeout: `waits` under an agent beside an unsampled twin.

Lateness is judged net of the time that a thread was ready but had no CPU; `--judge late_ns` judges
it gross, which says more (a wait that is begun again with the time that is left drifts while its
thread waits for a CPU), but only on an otherwise idle machine.
"""

import os
import time

from harness import (Agent, HarnessError, Target, TargetHung, arguments, build, conclude,
                     run_main, see_visits, table)

GROUPS = ("long", "long_coarse", "alternators", "alternators_coarse")
FAULTS = ("spurious", "wrong", "early", "stuck")


def start_waits(options):
    command = ["waits", "--seconds", options.seconds, "--compute-us", options.compute_us]
    if options.only:
        command += ["--only", options.only]
    return Target(*command)


def finish_waits(target, options):
    results = target.finish(options.seconds + 30).get("waits")
    if results is None:
        raise TargetHung(target)
    return results


def run_pair(options, rate, failures):
    """(sampled, twin, agent's own JSON). The twin runs first where CPUs are few."""
    together = options.twin == "together"
    twin_target = start_waits(options)
    with twin_target:
        twin = None if together else finish_waits(twin_target, options)
        with start_waits(options) as target, \
                Agent(options.agent, target.pid, rate) as agent:
            sampled = finish_waits(target, options)
            if together:
                twin = finish_waits(twin_target, options)
            metrics = agent.result(options.metrics_url)
            failures.extend(filter(None, [agent.end()]))
            return sampled, twin, metrics or agent.result()


def milliseconds(ns):
    return f"{ns / 1e6:.2f}"


def compare(options, rate, sampled, twin, failures):
    rows = []
    partner = {(wait["name"], wait["kind"]): wait for wait in twin["waits"]}
    for wait in sampled["waits"]:
        other = partner[wait["name"], wait["kind"]]
        label = f"{wait['name']} ({wait['kind']})"
        faults = [f"{wait[key]} {key}" for key in FAULTS if wait[key] > 0]
        if faults:
            failures.append(f"{rate} Hz: {label}: {', '.join(faults)} of {wait['calls']} calls")
        if any(other[key] > 0 for key in FAULTS):
            raise HarnessError(f"{label}: the twin fails by itself")
        if wait["kind"] == "alternator":
            check_late(options, f"{rate} Hz: {label}", wait, other, wait["timer"] == "coarse",
                       failures)
        rows.append([label, wait["calls"], *(wait[key] for key in FAULTS), *lateness(wait, other)])
    for group in GROUPS:
        check_late(options, f"{rate} Hz: all {group}", sampled[group], twin[group],
                   group.endswith("coarse"), failures)
        rows.append([f"all {group}", sampled[group]["late_ns"]["count"], *[""] * len(FAULTS),
                     *lateness(sampled[group], twin[group])])
    print(f"\nat {rate} Hz; lateness in ms, net of the wait for a CPU")
    table(["wait", "calls", "EINTR", *FAULTS[1:], "net p50", "net p99", "twin's", "net max",
           "gross p99", "twin's"], rows)


def lateness(wait, other):
    net, net_twin = wait["late_net_ns"], other["late_net_ns"]
    gross, gross_twin = wait["late_ns"], other["late_ns"]
    return [milliseconds(ns) for ns in (net["p50"], net["p99"], net_twin["p99"], net["max"],
                                        gross["p99"], gross_twin["p99"])]


def check_late(options, label, wait, other, coarse, failures):
    allowance_ms = options.coarse_allowance_ms if coarse else options.allowance_ms
    late, twin = wait[options.judge], other[options.judge]
    excess = (late["p99"] - twin["p99"]) / 1e6
    if late["count"] > 0 and excess > allowance_ms:
        failures.append(f"{label}: late by {excess:.2f} ms more than the twin at p99")


def check_seccomp(options, rate, failures):
    """A program that may not call restart_syscall survives, undisturbed."""
    with Target("seccomp-norestart", "--seconds", options.seccomp_seconds) as target, \
            Agent(options.agent, target.pid, rate) as agent:
        result = target.finish(options.seccomp_seconds + 10).get("seccomp-norestart")
        if result is None:
            raise TargetHung(target)
        agent.kill()
    print(f"seccomp at {rate} Hz: {result}")
    if result["killed_by_signal"]:
        failures.append(f"{rate} Hz: the program without restart_syscall was killed by signal "
                        f"{result['killed_by_signal']} after {result['rounds']} rounds")
    if result["spurious"] or result["wrong"]:
        failures.append(f"{rate} Hz: under seccomp {result['spurious']} spurious and "
                        f"{result['wrong']} wrong results")
    return result


def main():
    together = "together" if (os.cpu_count() or 1) >= 4 else "before"
    options = arguments(
        __doc__, 30, rates=("99,1000", "Hz, each its own run"),
        compute_us=(200.0, "an alternator's computing between two waits"),
        twin=(together, "'together' or 'before': when the unsampled twin runs"),
        allowance_ms=(1.0, "how much later than the twin at p99"),
        coarse_allowance_ms=(
            8.0, "the same for waits that end in whole ticks (SO_RCVTIMEO) or by another process"),
        judge=("late_net_ns", "late_net_ns or late_ns"),
        seccomp_seconds=(5.0, "0 leaves the seccomp program out"),
        only=(None, "names of waits")).parse_args()
    build()
    failures, data = [], {"agent": options.agent, "runs": []}
    for rate in map(int, options.rates.split(",")):
        if not options.no_probe:
            failures.extend(filter(None, [see_visits(options.agent, rate)]))
        sampled, twin, own = run_pair(options, rate, failures)
        compare(options, rate, sampled, twin, failures)
        run = {"rate": rate, "agent_says": own}
        run["calls"], run["spurious"] = sampled["calls"], sampled["spurious"]
        run["p99_ms"] = {
            group: [each[group][options.judge]["p99"] / 1e6 for each in (sampled, twin)]
            for group in GROUPS}
        if options.seccomp_seconds > 0:
            run["seccomp"] = check_seccomp(options, rate, failures)
        data["runs"].append(run)
        time.sleep(0.2)
    return conclude("eintr", options, failures, data)


if __name__ == "__main__":
    run_main(main)

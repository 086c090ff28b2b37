#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Queued real-time signals to a busy, sampled target: all arrive once and in order."""

import os
import signal
import time

from harness import (NAIVE, Agent, Target, TargetHung, arguments, build, conclude,
                     run_main, see_visits, table)


def run(options, rate, failures):
    expected = options.signals / options.signal_rate
    with Target("signals", "--signals", options.signals, "--rate", options.signal_rate,
                "--threads", options.threads, "--hold") as target, \
            Agent(options.agent, target.pid, rate) as agent:
        time.sleep(options.settle)
        # The sender is the target's child; the second number of its `ready` line names it.
        os.kill(target.others[0], signal.SIGUSR1)
        result = target.finish(expected * 3 + 30).get("signals")
        if result is None:
            raise TargetHung(target)
        metrics = agent.result(options.metrics_url)
        failures.extend(filter(None, [agent.end()]))
        own = metrics or agent.result()
    for key in ("lost", "duplicated", "reordered", "foreign"):
        if result[key] > 0:
            failures.append(f"{rate} Hz: {result[key]} of {result['sent']} signals {key}")
    return {"rate": rate, "target": result, "agent_says": own}


def main():
    options = arguments(
        __doc__, 0, rates=("1000", "Hz, each its own run"), signals=(20000, "how many"),
        signal_rate=(2000, "signals a second"), threads=(1, "further computing threads")
    ).parse_args()
    if options.agent == NAIVE:
        # A stop meets a signal only between the seize and the interrupt: some us, unless widened.
        options.agent += " --gap-us 100"
    build()
    failures, runs = [], []
    for rate in map(int, options.rates.split(",")):
        if not options.no_probe:
            failures.extend(filter(None, [see_visits(options.agent, rate)]))
        runs.append(run(options, rate, failures))
    keys = ("sent", "received", "lost", "duplicated", "reordered", "seconds")
    table(["Hz", *keys], [[run["rate"], *(run["target"][key] for key in keys)] for run in runs])
    return conclude("signals", options, failures, {"agent": options.agent, "runs": runs})


if __name__ == "__main__":
    run_main(main)

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What visits cost by the target's own clock: `gapmeter` with and without an agent, in turns.

The gaps over 5 us that an undisturbed run has are subtracted. Turns alternate, so that a
neighbour's load falls on both alike. Fails if the loss is above --budget-percent. The net figures
leave out the wait for a CPU; on an idle machine judge the gross ones (--judge lost_percent).
"""

from harness import (Agent, HarnessError, Target, arguments, build, conclude, run_main,
                     see_visits, table)


def run(options, template):
    with Target("gapmeter", "--seconds", options.seconds, "--depth", options.depth) as target:
        if template is None:
            result = target.finish(options.seconds + 10)
            return result.get("gapmeter"), None
        with Agent(template, target.pid, options.rate) as agent:
            result = target.finish(options.seconds + 10)
            own = agent.result(options.metrics_url)
            problem = agent.end()
            if problem:
                raise HarnessError(problem)
            return result.get("gapmeter"), own or agent.result()


def mean(runs, key):
    return sum(result[key] for result in runs) / len(runs)


def main():
    options = arguments(
        __doc__, 5, rate=(99, "Hz"), turns=(3, "pairs of runs"), depth=(20, "frames of stack"),
        judge=("lost_net_percent", "lost_net_percent or lost_percent"),
        budget_percent=(1.0, "of the target's time at most")).parse_args()
    build()
    failures, alone, sampled, own = [], [], [], None
    if not options.no_probe:
        failures.extend(filter(None, [see_visits(options.agent, options.rate)]))
    for _ in range(options.turns):
        alone.append(run(options, None)[0])
        result, own = run(options, options.agent)
        sampled.append(result)
    if None in alone + sampled:
        raise HarnessError("gapmeter did not report")
    lost = mean(sampled, options.judge) - mean(alone, options.judge)
    gap_us = lost / 100 / options.rate * 1e6
    if lost > options.budget_percent:
        failures.append(f"the target lost {lost:.2f} % of its time")
    table(["run", "lost %", "gaps/s", "net lost %", "net p50 us", "net p99", "net max"],
          [[name, f"{result['lost_percent']:.3f}", f"{result['gaps_per_second']:.0f}",
            f"{result['lost_net_percent']:.3f}",
            *(f"{result['net_gap_ns'][key] / 1e3:.1f}" for key in ("p50", "p99", "max"))]
           for pair in zip(alone, sampled)
           for name, result in zip(("alone", "sampled"), pair)])
    print(f"lost to visits: {lost:.3f} %, {gap_us:.1f} us for each at {options.rate} Hz")
    return conclude("gaps", options, failures, {
        "agent": options.agent, "lost_percent": lost, "lost_us_each": gap_us, "agent_says": own})


if __name__ == "__main__":
    run_main(main)

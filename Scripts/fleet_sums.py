# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether Prometheus has each counter of each agent as the agent has it."""

import re
import signal
import time

from agents import SAMPLE, counters, get, wait_for
from fleet_checks import values
from recordings import check


def own_counters(members):
    """Each counter of each agent, as it says itself."""
    found = {}
    for member in members:
        text = get(member.agent.url)[1]
        families = set(counters(text))
        found.update({(member.instance, name, labels): float(value)
                      for name, labels, value in SAMPLE.findall(text) if name in families})
    return found


def stored_counters(prometheus, names, when):
    """The same as Prometheus has them."""
    found = {}
    for labels, value in prometheus.query('{job="ptarmigan", __name__=~".+_total"}', when):
        name, instance = labels.pop("__name__"), labels.pop("instance")
        labels.pop("job")
        found[instance, name, frozenset(labels.items())] = value
    return {(instance, name, labels): found[key] for instance, name, labels in names
            if (key := (instance, name, pairs(labels))) in found}


def pairs(labels):
    """Labels without those that are empty, which are none to Prometheus."""
    return frozenset(re.findall(r'(\w+)="([^"]+)"', labels))


def scraped_after(prometheus, begin):
    """When each agent was scraped last, if that was after a time for all."""
    times = values(prometheus, "timestamp(up)")
    return min(times.values()) > begin and times


def check_sums(prometheus, members):
    """What Prometheus has of each counter is between what its agent said before and after.

    The programs are stopped meanwhile, so that their CPU time rests, and is exactly the same.
    """
    resting = ("ptarmigan_group_cpu_seconds_total", "ptarmigan_function_cpu_seconds_total")
    processes = [process for member in members for process in member.processes
                 if process.poll() is None]

    def at_rest():
        before, begin = own_counters(members), time.time()
        times = wait_for("a scrape of each", lambda: scraped_after(prometheus, begin),
                         [prometheus.process])
        stored = stored_counters(prometheus, before, max(times.values()))
        after = own_counters(members)
        moved = [key for key in before if key[1] in resting and before[key] != after.get(key)]
        return not moved and (before, stored, after)

    for process in processes:
        process.send_signal(signal.SIGSTOP)
    try:
        before, stored, after = wait_for("CPU time that rests", at_rest, [prometheus.process], 120)
    finally:
        for process in processes:
            process.send_signal(signal.SIGCONT)
    lasting = [key for key in before if key in after]
    wrong = [(key, before[key], stored.get(key), after[key]) for key in lasting
             if not before[key] <= stored.get(key, -1) <= after[key]]
    still = sum(before[key] == after[key] for key in lasting)
    check(lasting and not wrong, f"{len(lasting)} counters are in Prometheus as agents have them, "
                                 f"{still} of them at rest and equal {wrong[:3]}")
    for name in resting:
        own, kept = (sum(value for key, value in side.items() if key[1] == name)
                     for side in (before, stored))
        check(own > 0 and abs(own - kept) <= 1e-9 * own,
              f"{name}: {own:.6f} s in all agents, {kept:.6f} s in Prometheus")

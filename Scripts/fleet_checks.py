# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What has to be so of a fleet: scrapes, groups, series, alerts, and the programs afterwards."""

import re
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "safety"))

from fleet_members import Killed, Vanishing
from harness import progresses, settled
from recordings import check

# docs/OPERATIONS.md.
MOST_SERIES = 2000
# What programs raise that compute for half a millisecond now and then, and what was not used of a
# budget may be used later: neither lasts for as long as the rules ask.
HASTY = frozenset({"PtarmiganCoverageLow", "PtarmiganPauseOverBudget"})


def values(prometheus, expression, when=None):
    return {labels["instance"]: value for labels, value in prometheus.query(expression, when)}


def alerts(prometheus):
    return {(alert["labels"].get("instance", ""), alert["labels"]["alertname"])
            for alert in prometheus.ask("alerts")["alerts"] if alert["state"] == "firing"}


def wanted(members):
    return {(member.instance, alert) for member in members for alert in member.alerts}


def check_admin_sockets(members):
    """One of the agents has the socket of its host; the others say so and work."""
    refused = [member for member in members if "another agent listens there"
               in member.agent.output()]
    check(len(refused) == len(members) - 1 and members[0] not in refused,
          f"the first agent has the admin socket, {len(refused)} others do without it")


def check_groups(prometheus, members, when):
    """Each agent has its own programs and no other, and each recording rule a row for each."""
    expected = {(member.instance, group) for member in members for group in member.groups}
    for family in ("ptarmigan_group_cpu_seconds_total",
                   "instance_group:ptarmigan_group_cpu_seconds:rate5m",
                   "instance_group:ptarmigan_group_run_queue_seconds:rate5m",
                   "instance_group:ptarmigan_group_pause_seconds:rate5m"):
        rows = prometheus.query(f"count by (instance, group) (last_over_time({family}[5m]))", when)
        found = {(labels["instance"], labels["group"]) for labels, _ in rows} - {
            (member.instance, "other") for member in members}
        check(found == expected, f"{family}: {len(found)} groups of {len(members)} agents "
                                 f"{sorted(found ^ expected)[:4]}")
    names = {group for _, group in expected} | {"other"}
    rows = prometheus.query("group:ptarmigan_group_cpu_seconds:rate5m", when)
    found = [labels["group"] for labels, _ in rows]
    check(sorted(found) == sorted(names), f"and one sum over the fleet for each of {sorted(names)}")


def check_vanished(prometheus, members, when):
    for member in members:
        if isinstance(member, Vanishing):
            rows = prometheus.query("ptarmigan_group_processes > 0 and on (instance) "
                                    f'up{{instance="{member.instance}"}}', when)
            found = {labels["group"] for labels, _ in rows}
            check(found == member.groups - {member.vanished},
                  f"what has ended is gone from {member.instance}, {found} is there")


def check_up(prometheus, members, begin, interval_seconds):
    """Scrapes of all but one agent have all gone well."""
    window = f"{int(time.time() - begin)}s"
    least = values(prometheus, f"min_over_time(up[{window}])")
    now = values(prometheus, "up")
    down = {instance for instance, value in least.items() if value == 0}
    expected = {member.instance for member in members if isinstance(member, Killed)}
    scrapes = values(prometheus, f"count_over_time(up[{window}])")
    check(len(now) == len(members) and min(now.values()) == 1 and down == expected,
          f"{len(now)} agents are up, and {len(down)} of them was not all the time")
    missed = {instance: count for instance, count in scrapes.items()
              if count < int(window[:-1]) / interval_seconds - 2}
    check(not missed, f"each was scraped {min(scrapes.values()):.0f} times in {window} {missed}")


def check_bounds(prometheus, begin):
    """Series, and what the scrapes' limits leave."""
    window = f"{int(time.time() - begin)}s"
    most = max(values(prometheus, f"max_over_time(scrape_samples_scraped[{window}])").values())
    limit = int(re.search(r"sample_limit: (\d+)", prometheus.ask("status/config")["yaml"])[1])
    check(0 < most <= MOST_SERIES < limit,
          f"{most:.0f} series an agent at most, of {MOST_SERIES}; a scrape may have {limit}")
    omitted = max(values(prometheus, f"max_over_time(ptarmigan_omitted_series[{window}])").values())
    check(omitted == 0, "no agent leaves a series out")


def figures(prometheus, begin):
    """What the fleet costs, by the words that a table has for it."""
    window = f"{int(time.time() - begin)}s"
    scraped = values(prometheus, "scrape_samples_scraped")
    durations = [value for _, rows in prometheus.query(f"scrape_duration_seconds[{window}]")
                 for _, value in rows]
    cpu = values(prometheus, "sum by (instance) (rate(ptarmigan_agent_cpu_seconds_total[2m]))")
    memory = values(prometheus, "process_resident_memory_bytes")
    head = prometheus.ask("status/tsdb")["headStats"]["numSeries"]
    return {
        "series of an agent, median and most":
            f"{statistics.median(scraped.values()):.0f}, {max(scraped.values()):.0f}",
        "duration of a scrape, median and longest":
            f"{statistics.median(durations) * 1e3:.1f} ms, {max(durations) * 1e3:.1f} ms",
        "CPUs that an agent uses, median and most":
            f"{statistics.median(cpu.values()):.2%}, {max(cpu.values()):.2%}",
        "CPUs that all agents use": f"{sum(cpu.values()):.2%}",
        "memory of an agent, median and most":
            f"{statistics.median(memory.values()) / 2**20:.0f} MiB, "
            f"{max(memory.values()) / 2**20:.0f} MiB",
        "series in Prometheus' head, rules included": f"{head}",
    }


def explain(prometheus, instance):
    """What alerts that were not to fire may be about."""
    for labels, value in prometheus.query(
            f'{{__name__=~"ptarmigan_(canary|targets|short).*", instance="{instance}"}} > 0'):
        print(f"       {instance}: {labels['__name__']} "
              f"{labels.get('status', labels.get('kind', ''))} {value:g}")


def check_alerts(prometheus, members, begin):
    """What has fired since the begin is what was to fire."""
    window = f"{int(time.time() - begin)}s"
    rows = prometheus.query(f'max_over_time(ALERTS{{alertstate="firing"}}[{window}])')
    fired = {(labels.get("instance", ""), labels["alertname"]) for labels, _ in rows}
    allowed = {(member.instance, alert) for member in members
               for alert in member.alerts | member.besides | HASTY}
    besides = fired - allowed
    kinds = {member.instance: type(member).__name__ for member in members}
    for instance, alert in sorted(fired):
        print(f"       {instance:<20} {kinds.get(instance, ''):<10} {alert}")
    check(wanted(members) <= fired, f"{len(wanted(members))} alerts were to fire, and did "
                                    f"{sorted(wanted(members) - fired)}")
    for instance in sorted({instance for instance, _ in besides}):
        explain(prometheus, instance)
    check(not besides, f"and no other {sorted(besides)}")


def check_targets(members):
    """Programs are as they were, once no agent is there."""
    processes = [(member, process) for member in members for process in member.processes
                 if not (isinstance(member, Vanishing) and process is member.processes[0])]
    wrong = [(process.args[-1], problems) for _, process in processes
             if process.poll() is not None or (problems := settled(process.pid, 5)[1])]
    check(len(processes) == 2 * len(members) - 1 and not wrong,
          f"{len(processes)} programs are as found, none traced {wrong[:3]}")
    # Those that only sleep have nothing to do.
    computing = [process for _, process in processes
                 if not any("sleepers" in str(word) for word in process.args)]
    still = [process.args for process in computing if not progresses(process.pid, 5)]
    check(not still, f"{len(computing)} of them compute on {still[:3]}")

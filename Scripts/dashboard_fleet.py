# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The dashboard of all agents."""

from dashboard_parts import (AGENTS, INSTANCE, JOB, PROMETHEUS, dashboard, lines, stat, table)

RATE = "[$__rate_interval]"

FLEET = dashboard(
    "ptarmigan-fleet", "Ptarmigan / Fleet",
    "All agents: which of them work, what takes CPU time, and what sampling costs.",
    [PROMETHEUS, JOB, INSTANCE], [
        ("Agents", [
            stat("Agents", "Agents that answer.", "none", f"sum(up{{{AGENTS}}})"),
            stat("Down", "Agents that do not answer.", "none", f"sum(1 - up{{{AGENTS}}})", 1),
            stat("Paused", "Agents whose visits an operator has stopped.", "none",
                 f"sum(ptarmigan_paused{{{AGENTS}}})", 1),
            stat("Refused", "Agents that the kernel lets stop nothing: no functions from there.",
                 "none", f"sum(ptarmigan_capability_tier{{{AGENTS}}} == bool 3)", 1),
            stat("Threads stuck", "Threads held or owed a detach for over a second: must be 0.",
                 "none", f"sum(ptarmigan_targets_stuck{{{AGENTS}}})", 1),
            stat("Processes", "Processes that are sampled.", "none",
                 f'sum(ptarmigan_targets{{{AGENTS}, status=~"sampled|idle"}})'),
        ], [
            table("Alerts", "Alerts of Ptarmigan that are pending or firing.", "none",
                  f'sum by (alertname, alertstate, severity, instance) '
                  f'(ALERTS{{{AGENTS}, alertname=~"Ptarmigan.+"}})'),
            table("Versions", "Agents by version.", "none",
                  f"count by (version, arch) (ptarmigan_build_info{{{AGENTS}}})"),
        ]),
        ("What takes CPU time", [
            lines("CPU time by group",
                  "CPUs that the ten busiest groups use, by the kernel's clock.",
                  "none", ("topk(10, sum by (group) "
                           f"(rate(ptarmigan_group_cpu_seconds_total{{{AGENTS}}}{RATE})))",
                           "{{group}}"), stacked=True),
            lines("CPU time by function", "CPUs that the ten dearest functions use. Each agent has "
                  "its own busiest functions; what one counts as other is missing here.", "none",
                  ("topk(10, sum by (group, function) (rate(ptarmigan_function_cpu_seconds_total"
                   f'{{{AGENTS}, function!="other"}}{RATE})))', "{{group}} {{function}}"),
                  stacked=True),
        ], [
            lines("Waits by system call", "Threads that wait, by the call that they wait in.",
                  "none",
                  ("topk(10, sum by (syscall) "
                   f"(rate(ptarmigan_off_cpu_seconds_total{{{AGENTS}}}{RATE})))", "{{syscall}}")),
            lines("Waiting for a CPU", "Threads that could run and have no CPU, by host.", "none",
                  ("topk(10, sum by (instance) "
                   f"(rate(ptarmigan_group_run_queue_seconds_total{{{AGENTS}}}{RATE})))",
                   "{{instance}}")),
        ]),
        ("What sampling costs", [
            lines("Pauses", "How long the longest of 100 visits holds a thread, on the five worst "
                  "hosts.", "s",
                  ("topk(5, histogram_quantile(0.99, sum by (instance, le) "
                   f"(rate(ptarmigan_target_pause_seconds_bucket{{{AGENTS}}}{RATE}))))",
                   "{{instance}}")),
            lines("Slow-down", "The part of their CPU time for which targets are held, on the five "
                  "worst hosts, and the largest budget.", "percentunit",
                  ("topk(5, sum by (instance) "
                   f"(rate(ptarmigan_group_pause_seconds_total{{{AGENTS}}}{RATE})) / "
                   f"sum by (instance) (rate(ptarmigan_group_cpu_seconds_total{{{AGENTS}}}{RATE})))", "{{instance}}"),
                  (f"max(ptarmigan_target_pause_budget_ratio{{{AGENTS}}})", "budget")),
            lines("Overhead", "CPUs that agents use, as parts of what they may, on the five worst "
                  "hosts.", "percentunit",
                  (f"topk(5, ptarmigan_overhead_ratio{{{AGENTS}}} / "
                   f"ptarmigan_overhead_budget_ratio{{{AGENTS}}})", "{{instance}}")),
        ]),
        ("What is seen", [
            lines("Samples", "Looks at threads a second: on a CPU, off it, or queued for one.",
                  "ops",
                  ("sum by (state) "
                   f"(rate(ptarmigan_group_samples_total{{{AGENTS}}}{RATE}))", "{{state}}"),
                  stacked=True),
            lines("Processes by status", "Processes by what agents do about them.", "none",
                  (f"sum by (status) (ptarmigan_targets{{{AGENTS}}})", "{{status}}"), stacked=True),
            lines("Refusals", "Attempts to attach that the kernel refused, by reason.", "ops",
                  ("sum by (reason) "
                   f"(rate(ptarmigan_attach_failures_total{{{AGENTS}}}{RATE}))", "{{reason}}")),
        ]),
    ])

# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The dashboard of one group of processes, and that of its stacks."""

from dashboard_parts import (AGENTS, GROUP, GROUPS, INFINITY, INSTANCE, JOB, PROMETHEUS,
                             choice_variable, dashboard, flame_graph, label_variable, lines,
                             source_variable, stat, table)

RATE = "[$__rate_interval]"


def rate(name, labels="", by=""):
    """The rate of a group's counter, summed over agents."""
    return f"sum by ({by}) (rate(ptarmigan_{name}{{{GROUPS}{labels}}}{RATE}))"


GROUP_DETAIL = dashboard(
    "ptarmigan-group", "Ptarmigan / Group", "What one group of processes does with its time.",
    [PROMETHEUS, JOB, INSTANCE, GROUP], [
        ("Now", [
            stat("Processes", "Processes in the group.", "none",
                 f"sum(ptarmigan_group_processes{{{GROUPS}}})"),
            stat("CPU time", "CPUs that the group uses.", "none", rate("group_cpu_seconds_total")),
            stat("Memory", "Resident memory of its processes, summed.", "bytes",
                 f"sum(ptarmigan_group_resident_memory_bytes{{{GROUPS}}})"),
            stat("Age", "Since its oldest process began.", "s",
                 f"time() - min(ptarmigan_group_oldest_start_time_seconds{{{GROUPS}}} > 0)"),
            stat("Slow-down", "The part of its CPU time for which the agent holds it.",
                 "percentunit", f"{rate('group_pause_seconds_total')} / "
                                f"({rate('group_cpu_seconds_total')} > 0)", 0.01),
            stat("Seen", "The part of its CPU time that samples stand for.", "percentunit",
                 f"{rate('group_sampled_cpu_seconds_total')} / "
                 f"({rate('group_cpu_seconds_total')} > 0)"),
        ]),
        ("CPU time", [
            lines("By mode", "CPUs, by the kernel's clock.", "none",
                  (rate("group_cpu_seconds_total", by="mode"), "{{mode}}"), stacked=True),
            lines("By function",
                  "CPUs by the function at the top of the stack; [kernel] is time in "
                  "the kernel, [unsampled] that of threads without a sample.", "none",
                  (f"topk(15, {rate('function_cpu_seconds_total', by='function')})",
                   "{{function}}"), stacked=True),
        ], [
            table("Functions", "CPU seconds of each function in the time shown.", "s",
                  "topk(50, sum by (group, function, object) (increase("
                  f"ptarmigan_function_cpu_seconds_total{{{GROUPS}}}[$__range])))"),
            lines("With all that they call", "Samples a second with the function anywhere on the "
                  "stack; they do not add up. Needs --metrics.inclusive.", "ops",
                  ("topk(15, " + rate("function_inclusive_cpu_samples_total",
                                      ', function!="other"', "function") + ")", "{{function}}")),
        ]),
        ("Waiting", [
            lines("By system call", "Threads that wait, by the call that they wait in.", "none",
                  (f"topk(15, {rate('off_cpu_seconds_total', by='syscall')})", "{{syscall}}"),
                  stacked=True),
            lines("By function",
                  "Threads that wait, by who made the call outside of the C library.",
                  "none", (f"topk(15, {rate('off_cpu_seconds_total', by='syscall, function')})",
                           "{{function}} {{syscall}}")),
        ], [
            lines("For a CPU", "Threads that could run and have no CPU.", "none",
                  (rate("group_run_queue_seconds_total", by="group"), "{{group}}")),
            lines("Threads by state", "blocked is a wait that no signal ends.", "none",
                  (f"sum by (state) (ptarmigan_group_threads{{{GROUPS}}})", "{{state}}"),
                  stacked=True),
            lines("Samples by state", "Looks at its threads a second.", "ops",
                  (rate("group_samples_total", by="state"), "{{state}}"), stacked=True),
        ]),
        ("System calls", [
            lines("Inside calls", "Looks that found a thread inside a call, a second.", "ops",
                  (f"topk(10, {rate('syscall_samples_total', by='syscall')})", "{{syscall}}")),
            lines("Calls in windows", "Calls for each second that threads were watched, less than "
                  "the true rate. Needs --syscalls.windows.", "ops",
                  (f"topk(10, {rate('syscalls_total', by='syscall')}) / scalar("
                   f"{rate('syscall_observed_seconds_total')} > 0)", "{{syscall}}")),
            lines("Durations", "The time that 95 of 100 calls in windows took at most. Needs "
                  "--syscalls.duration.", "s",
                  ("histogram_quantile(0.95, "
                   + rate("syscall_duration_seconds_bucket", by="syscall, le") + ")",
                   "{{syscall}}")),
            lines("Failing calls", "The part of the calls in windows that failed.", "percentunit",
                  (f"topk(10, {rate('syscall_errors_total', by='syscall')} / "
                   f"({rate('syscalls_total', by='syscall')} > 0))", "{{syscall}}")),
        ]),
        ("Resources", [
            lines("Memory", "Resident memory, summed over processes.", "bytes",
                  (f"sum by (group) (ptarmigan_group_resident_memory_bytes{{{GROUPS}}})",
                   "{{group}}")),
            lines("Context switches", "How often threads left a CPU: to wait, or displaced.", "ops",
                  (rate("group_context_switches_total", by="kind"), "{{kind}}")),
            lines("Major page faults", "Page faults that waited for a disk.", "ops",
                  (rate("group_major_page_faults_total", by="group"), "{{group}}")),
        ]),
    ])

ONE_INSTANCE = label_variable("instance", "Instance", 'ptarmigan_build_info{job=~"$job"}',
                              multi=False)
ONE_GROUP = label_variable("group", "Group", f"ptarmigan_group_processes{{{AGENTS}}}", multi=False)

# The page takes a span by its ends; of what is kept no more than the last minutes are shown.
FLAME_GRAPH = dashboard(
    "ptarmigan-flame-graph", "Ptarmigan / Flame graph",
    "The stacks of a group, asked of its agent by the Infinity data source; an agent keeps 15 "
    "minutes by default, and the time shown should be among them.",
    [PROMETHEUS, source_variable("profiles", "Profiles", INFINITY["type"]), JOB, ONE_INSTANCE,
     ONE_GROUP, choice_variable("kind", "Kind", "cpu", "wall"),
     choice_variable("scheme", "Scheme", "http", "https"),
     choice_variable("seconds", "Seconds", "60", "300", "900")], [
        ("Stacks", [
            flame_graph("Flame graph", "CPU time, or time by the clock on the wall, of the last "
                        "seconds that the agent keeps.", "s",
                        "${scheme}://${instance}/flamegraph?group=${group:percentencode}"
                        "&kind=${kind}&ago=${seconds}&format=grafana"),
        ], [
            lines("CPU time by function", "CPUs by the function at the top of the stack.", "none",
                  (f"topk(15, {rate('function_cpu_seconds_total', by='function')})",
                   "{{function}}"), stacked=True),
        ]),
    ])
FLAME_GRAPH["time"]["from"] = "now-15m"

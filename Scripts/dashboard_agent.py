# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The dashboard of an agent's own health."""

from dashboard_parts import AGENTS, INSTANCE, JOB, PROMETHEUS, dashboard, heatmap, lines, stat

RATE = "[$__rate_interval]"


def rate(name, by="instance", labels=""):
    """The rate of an agent's counter and its legend."""
    labels_shown = " ".join(f"{{{{{label}}}}}" for label in by.split(", "))
    # Where agents are told apart, what is counted has to be, too.
    words = name.removesuffix("_total").replace("_", " ") + " " if by == "instance" else ""
    legend = words + labels_shown
    return f"sum by ({by}) (rate(ptarmigan_{name}{{{AGENTS}{labels}}}{RATE}))", legend


def gauge(name, legend="{{instance}}", prefix="ptarmigan_"):
    return f"{prefix}{name}{{{AGENTS}}}", legend


def quantile(part, name, by="le"):
    return (f"histogram_quantile({part}, sum by ({by}) "
            f"(rate(ptarmigan_{name}_bucket{{{AGENTS}}}{RATE})))")


AGENT = dashboard(
    "ptarmigan-agent", "Ptarmigan / Agent",
    "Whether agents may be trusted: what they do to targets, what they cost, what they miss.",
    [PROMETHEUS, JOB, INSTANCE], [
        ("Now", [
            stat("Tier", "What the kernel lets agents do, the worst: 1 all, 2 stop only, 3 none.",
                 "none", f"max(ptarmigan_capability_tier{{{AGENTS}}})", 2),
            stat("Threads stuck", "Held or owed a detach for over a second: must be 0.", "none",
                 f"sum(ptarmigan_targets_stuck{{{AGENTS}}})", 1),
            stat("Canary harmed", "Waits that failed and signals that were lost: must be 0.",
                 "none",
                 f"sum(increase(ptarmigan_canary_interrupted_waits_total{{{AGENTS}}}[$__range])) + "
                 f"sum(increase(ptarmigan_canary_signals_misplaced_total{{{AGENTS}}}[$__range]))",
                 1),
            stat("Configuration", "Agents whose file could not be read.", "none",
                 f"sum(1 - ptarmigan_config_last_reload_successful{{{AGENTS}}})", 1),
            stat("Without priority", "Agents whose tracer is not in SCHED_FIFO.", "none",
                 f"sum(1 - ptarmigan_tracer_priority{{{AGENTS}}})"),
            stat("Yama", "The strictest ptrace_scope; -1 without Yama.", "none",
                 f"max(ptarmigan_yama_ptrace_scope{{{AGENTS}}})", 3),
        ]),
        ("What it does to targets", [
            heatmap("Pauses", "How long single visits held a thread.", "s",
                    f"sum by (le) (rate(ptarmigan_target_pause_seconds_bucket{{{AGENTS}}}{RATE}))"),
            lines("Pauses by quantile", "How long visits hold a thread.", "s",
                  (quantile(0.5, "target_pause_seconds"), "p50"),
                  (quantile(0.99, "target_pause_seconds"), "p99")),
            lines("Calls and transfers", "System calls that a stop interrupted, by what became of "
                  "them, and transfers that were cut short.", "ops",
                  rate("call_repairs_total", "outcome"), rate("short_transfers_total", "kind")),
        ], [
            lines("Threads owed a detach", "Threads that could not be let go within their visit.",
                  "none", gauge("parked_threads", "parked {{instance}}"),
                  gauge("targets_stuck", "stuck {{instance}}")),
            lines("Parked, late and overlong",
                  "How often a thread could not be let go in its visit, "
                  "and visits over the limit.", "ops", rate("parked_total", "reason"),
                  rate("late_releases_total"), rate("overlong_pauses_total"),
                  rate("seize_rescues_total")),
            lines("Looks afterwards", "What looks after visits found; still_traced must be 0.",
                  "ops",
                  rate("verifications_total", "result")),
            lines("Canary", "Its rounds, and the part of the time in which it did not run.", "ops",
                  rate("canary_rounds_total"), rate("canary_gap_seconds_total"),
                  rate("canary_signals_total"), rate("canary_short_transfers_total")),
        ]),
        ("What it costs", [
            lines("CPU time", "CPUs that the agent uses, for what, and may; requests beyond their "
                  "share of the budget are uncharged.", "percentunit",
                  rate("agent_cpu_seconds_total", "part"), rate("uncharged_cpu_seconds_total"),
                  gauge("overhead_ratio"), gauge("overhead_budget_ratio", "budget {{instance}}"),
                  (f"rate(process_cpu_seconds_total{{{AGENTS}}}{RATE})", "process {{instance}}")),
            lines("Memory", "Resident memory of the agent, and what it may have.", "bytes",
                  gauge("resident_memory_bytes", prefix="process_"),
                  gauge("memory_budget_bytes", "budget {{instance}}"),
                  gauge("symbol_cache_bytes", "symbols {{instance}}"),
                  gauge("profile_bytes", "profiles {{instance}}")),
            lines("Throttled",
                  "The part of the time below the rate that was asked for, or above the "
                  "memory allowed.", "percentunit", rate("throttled_seconds_total", "reason")),
            lines("Files", "Files that are open, and those that were closed for others.", "none",
                  gauge("open_fds", prefix="process_"), rate("descriptor_evictions_total")),
        ]),
        ("How well it samples", [
            lines("Rate", "Sampling points a second that are in force.", "hertz",
                  gauge("sampling_frequency_hertz")),
            lines("Points", "Sampling points that were used, and those that were left out.", "ops",
                  rate("ticks_total"), rate("ticks_missed_total", "reason"), stacked=True),
            lines("Dropped", "Visits that came to nothing, by reason.", "ops",
                  rate("samples_dropped_total", "reason")),
            lines("Withheld", "Visits that were not made for the target's sake, by reason.", "ops",
                  rate("visits_withheld_total", "reason")),
        ], [
            lines("Attaching", "Attempts to attach, and refusals by reason.", "ops",
                  rate("attach_attempts_total"), rate("attach_failures_total", "reason")),
            lines("Stacks", "Stacks that were unwound, and not to their end, by reason.", "ops",
                  rate("unwind_stacks_total"), rate("unwind_failures_total", "reason")),
            lines("Symbols", "Addresses that were looked up.", "ops", rate("symbol_lookups_total")),
            lines("Addresses without a function", "Addresses that got no function, by reason.",
                  "ops",
                  rate("symbol_failures_total", "reason")),
        ], [
            lines("Age of the latest sample", "Seconds since a sample was taken.", "s",
                  (f"time() - ptarmigan_last_sample_timestamp_seconds{{{AGENTS}}}",
                   "{{instance}}")),
            lines("Profiles kept", "Windows of stacks that are kept, and let go too early.", "none",
                  gauge("profile_windows"), rate("profile_dropped_windows_total"),
                  rate("profile_overflows_total")),
            lines("Call windows", "Windows on system calls by what ended them. Needs "
                  "--syscalls.windows.", "ops", rate("syscall_windows_total", "end"),
                  rate("syscall_unwatched_threads_total", "reason")),
            lines("Caches emptied", "How often memory was short.", "ops",
                  rate("memory_trims_total")),
        ]),
        ("What it serves", [
            lines("Series", "Series served, and left out by the limit.", "none",
                  gauge("exposed_series", "served {{instance}}"),
                  gauge("omitted_series", "omitted {{instance}}"),
                  gauge("groups", "groups {{instance}}")),
            lines("Values under other", "Values that found no series of their own.", "ops",
                  rate("label_overflows_total", "label")),
            lines("Gathering", "How long parts of the metrics took.", "s",
                  (f"max by (collector) (ptarmigan_collector_duration_seconds{{{AGENTS}}})",
                   "{{collector}}")),
            lines("Parts missing", "Parts of the metrics that are not complete.", "none",
                  (f"sum by (collector) (1 - ptarmigan_collector_success{{{AGENTS}}})",
                   "{{collector}}"), rate("repeated_expositions_total")),
        ], [
            lines("Requests turned away", "By reason.", "ops",
                  rate("web_requests_rejected_total", "reason"),
                  rate("web_connections_evicted_total")),
            lines("Requests for profiles", "By page and by the status of the answer; by outcome "
                  "those through the admin socket.", "ops",
                  rate("profile_requests_total", "endpoint, code"),
                  rate("admin_requests_total", "outcome"),
                  gauge("profiles_in_progress", "in progress {{instance}}"),
                  gauge("admin_requests_in_progress", "in progress, admin {{instance}}")),
            lines("Waiting for profiles", "How long 99 of 100 requests took, waiting included.",
                  "s",
                  (quantile(0.99, "profile_request_duration_seconds", "endpoint, le"),
                   "{{endpoint}}")),
            lines("Log", "Lines by level, and configurations that could not be read.", "ops",
                  rate("log_messages_total", "level"), rate("web_config_reload_failures_total"),
                  rate("web_password_checks_total")),
        ]),
    ])

# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/RELIABILITY.md, as a function of what the parts of `make reliability` found."""

import statistics

import defects
import plots

INTRODUCTION = """# Reliability

What long trials found. This page is written by `make reliability` from the verdicts of its parts;
no figure of theirs is written by hand. [SAFETY.md](SAFETY.md) says what the promises are and how
they are kept.
"""
# What each part is, and how it is run alone.
PARTS = {
    "safety": "The promises, each at full length",
    "kills": "Agents that are killed",
    "visits": "A million visits",
    "transfers": "Transfers beside other tools",
    "chaos": "The fault campaign",
    "soak": "An hour of work",
}
FAULTS = ("lost", "duplicated", "reordered")


def table(headings, rows):
    """A table of Markdown; cells may hold anything."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ")
                                       for cell in line) + " |" for line in lines) + "\n"


def length(seconds):
    """A time in words that need no decimals."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"


def overview(parts):
    """Which parts were run, and which were not."""
    rows = []
    for name, title in PARTS.items():
        part = parts.get(name)
        if part is None:
            rows.append([title, f"`PART={name}`", "missing: not run", "", "", ""])
            continue
        rows.append([title, f"`PART={name}`", "passed" if part["passed"] else "**failed**",
                     part["began"].replace("T", " ").replace("+00:00", " UTC"),
                     length(part["seconds"]),
                     f"{part['kernel']}, {part['machine']}, {part['cpus']} CPUs"])
    return table(["part", "alone", "result", "began", "lasted", "kernel and machine"], rows)


def has_to_fail(verdict):
    """Whether its agent neither looked nor repaired, which shows that the run can fail."""
    return "no-look" in verdict.get("agent", "")


def failures_of(part):
    """What went wrong, as a list; nothing where nothing did."""
    found = [failure for verdict in part["verdicts"] if not has_to_fail(verdict)
             for failure in verdict.get("failures", [])]
    if not found and not part["passed"]:
        found = ["it ended without a verdict; its output says why"]
    shown = [f"- {failure}" for failure in found[:50]]
    if len(found) > 50:
        shown.append(f"- and {len(found) - 50} more, in .build-reliability")
    return "\n".join(["", "What failed:", "", *shown, ""]) if shown else ""


def safety(part):
    rows = [[verdict["check"], "passed" if verdict["passed"] else "failed as it has to"
             if has_to_fail(verdict) else "**failed**",
             f"`{verdict.get('agent', '')}`"] for verdict in part["verdicts"]]
    return "Each run of `make safety`.\n\n" + table(["check", "result", "agent"], rows)


def kills(part):
    rows = [[label, *values] for verdict in part["verdicts"]
            for label, values in verdict["parts"].items()]
    ended = sum(row[1] for row in rows)
    return (f"`as_found.py` ended {ended:,} agents, by SIGKILL at random moments and at named "
            "points of a visit, and by SIGTERM. A failure is a target that is left stopped, traced "
            "or with a lost signal, or whose parent saw what it should not.\n\n"
            + table(["case", "agents ended", "longest until as found, ms", "failures"], rows))


def visits(part):
    """Of `eintr.py` and `signals.py` by turns."""
    runs = [one for verdict in part["verdicts"] for one in verdict["runs"]]
    count = sum(one["agent_says"]["ptarmigan_target_pause_seconds_count"] for one in runs)
    repaired = sum(one["agent_says"].get("ptarmigan_call_repairs_total", 0) for one in runs)
    waits = [one for one in runs if "calls" in one]
    signals = [one["target"] for one in runs if "target" in one]
    rows = [["waits that were made", total(waits, "calls")],
            ["of them failed with EINTR", total(waits, "spurious")],
            ["calls that a stop interrupted, and that were looked after", f"{repaired:,.0f}"],
            ["real-time signals that were sent", total(signals, "sent")],
            *([f"of them {key}", total(signals, key)] for key in FAULTS)]
    return (f"{count:,.0f} visits at 1 kHz, counted by the agent "
            "(`ptarmigan_target_pause_seconds_count`), to programs that wait in every "
            "interruptible call and to one that gets 2,000 signals a second.\n\n"
            + table(["what", "count"], rows))


def total(runs, key):
    return f"{sum(run[key] for run in runs):,}"


def transfers(part):
    """Under the agent and the naive visitor, then under each tool."""
    text = ""
    for verdict in part["verdicts"]:
        rows = [[loop, f"{runs['agent']['calls']:,}", short(runs["naive"]), short(runs["agent"])]
                for loop, runs in verdict["loops"].items()]
        text += ("Transfers of 1 MiB in a loop, at 99 Hz. Short are those that moved less than "
                 "they were asked to, or failed with EINTR. \"Naive\" stops every thread and looks "
                 "at nothing.\n\n"
                 + table(["loop", "calls", "short, naive", "short, ptarmigan"], rows))
        tools = verdict.get("tools", {})
        rows = [[tool, loop, f"{run['attaches']:,}", f"{run['calls']:,}", short(run)]
                for tool, loops in tools.items() for loop, run in loops.items()]
        if rows:
            text += ("\nThe same loops while a tool attached to them, let go, and attached again, "
                     "as fast as it does: `gdb -batch` with all stacks, `strace -f -p` for a "
                     "tenth of a second, `eu-stack -p`, `py-spy dump`.\n\n"
                     + table(["tool", "loop", "attaches", "calls", "short"], rows))
    return text


def short(run):
    return f"{run['short'] + run['interrupted']:,}"


def chaos(part):
    """Each kind of event, and what targets report at the end."""
    text = ""
    for verdict in part["verdicts"]:
        kinds = verdict.get("events", {})
        rows = [[name, kind["about"], kind["count"], len(kind["failures"]),
                 f"{kind['longest_ms']:.1f}", noted(kind)] for name, kind in kinds.items()]
        text += (f"{sum(kind['count'] for kind in kinds.values()):,} events, drawn with the seed "
                 f"{verdict['seed']}. After each one every target was looked at until it was "
                 "neither traced nor stopped, or stopped by its owner only; the longest of these "
                 "times is in the table.\n\n"
                 + table(["event", "what it is", "times", "failures", "longest until as found, ms",
                          "noted"], rows))
        rows = [[name, report["lives"], report["programs"],
                 f"{report['signals']['received']:,} of {report['signals']['sent']:,}",
                 f"{report['waits']['spurious']} of {report['waits']['calls']:,}"]
                for name, report in verdict.get("agents", {}).items()
                if report["signals"]["sent"] is not None and report["waits"]["calls"] is not None]
        text += "\n" + table(["agent", "times started", "programs that came and went",
                              "signals that arrived in order", "waits that failed"], rows)
    return text


def noted(kind):
    """The numbers that an event wrote down, or why it could not happen."""
    if "missing" in kind:
        return kind["missing"]
    return "; ".join(f"{what}: {sum(map(bool, numbers))} of {len(numbers)} not 0, "
                     f"at most {max(numbers):.4g}" for what, numbers in kind["notes"].items())


def soak(part):
    rows = []
    for verdict in part["verdicts"]:
        for name, report in verdict.get("agents", {}).items():
            kib, open_files = report["found"]["KiB of memory"], report["found"]["descriptors"]
            rows.append([name, f"{report['programs']:,}", f"{report['visits']:,.0f}",
                         f"{statistics.median(kib) / 1024:.1f}", f"{max(kib) / 1024:.1f}",
                         f"{statistics.median(open_files):.0f}", max(open_files)])
    return ("Agents among programs that come and go, with reloads, pauses and releases "
            "(`Scripts/soak.py`).\n\n"
            + table(["agent", "programs", "visits", "MiB, median", "most", "descriptors, median",
                     "most"], rows)
            + "".join(f"\n![{name} by the second]({file})\n"
                      for name, file in (("Memory", "reliability-memory.svg"),
                                         ("Descriptors", "reliability-descriptors.svg")) if rows))


def pictures(part):
    """The plots of a soak, by their file names."""
    agents = {name: report for verdict in part["verdicts"]
              for name, report in verdict.get("agents", {}).items()}
    if not agents:
        return {}
    seconds = max(len(report["found"]["descriptors"]) for report in agents.values())
    memory = {name: [kib / 1024 for kib in report["found"]["KiB of memory"]]
              for name, report in agents.items()}
    descriptors = {name: report["found"]["descriptors"] for name, report in agents.items()}
    return {"reliability-memory.svg": plots.plot(
                "Resident memory of the agents", memory, seconds, "MiB"),
            "reliability-descriptors.svg": plots.plot(
                "Open descriptors of the agents", descriptors, seconds, "descriptors")}


def mended():
    """What trials found before: written by people."""
    return ("\n## Found and mended on the way\n\n"
            + table(["what was wrong", "seen in", "what shows that it is mended"], defects.MENDED)
            + "\nFound, and not to be mended from outside of the kernel; "
            "[IMPACT.md](IMPACT.md#what-the-kernel-makes-impossible) has all of these:\n\n"
            + table(["what", "where"], defects.OPEN))


SECTIONS = {"safety": safety, "kills": kills, "visits": visits, "transfers": transfers,
            "chaos": chaos, "soak": soak}


def files(parts, stem="RELIABILITY"):
    """The page and its pictures, by name."""
    text = INTRODUCTION + "\n" + overview(parts)
    for name, section in SECTIONS.items():
        text += f"\n## {PARTS[name]}\n\n"
        part = parts.get(name)
        if part is None:
            text += f"Missing: `make reliability PART={name}` was not run.\n"
        else:
            text += (section(part) if part["verdicts"] else "") + failures_of(part)
    return {f"{stem}.md": text + mended(), **(pictures(parts["soak"]) if "soak" in parts else {})}

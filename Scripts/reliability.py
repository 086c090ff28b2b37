#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the long trials and writes docs/RELIABILITY.md from what they found.

    Scripts/reliability.py --agent COMMAND --point-agent COMMAND [--part NAME] [--short]
    Scripts/reliability.py --page

Each part leaves its verdicts in .build-reliability, where the page finds them; a part that was not
run is said to be missing. `--short` gives each part a length at which it shows that it works, and
leaves everything in .build-reliability/short. The agent's command lines are those of `make safety`,
which are in the Makefile. Exits with 0 or 1.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import reliability_page
import verdicts
from prometheus import free_port
from recordings import ROOT

RAW = ROOT / ".build-reliability"
PAGE = ROOT / "docs/RELIABILITY.md"
VISITS_METRIC = "ptarmigan_target_pause_seconds_count"
# A turn makes 20,000 visits where other programs take most of the CPUs, and 200,000 where none do.
MOST_TURNS = 60


class Lengths:
    """How much each part does."""

    def __init__(self, short):
        self.kills, self.terms = (5, 2) if short else (1_000, 50)
        self.point_rounds = 2 if short else 20
        self.visits = 2_000 if short else 1_000_000
        self.turn_seconds, self.turn_signals = (5, 2_000) if short else (120, 60_000)
        self.transfer_seconds = 1 if short else 10
        self.chaos_seconds = 60 if short else 1_200
        self.soak_minutes = 1 if short else 60


def run(*command):
    """Runs a driver, shows what it says, and returns its exit code and its verdicts."""
    found = []
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdout=subprocess.PIPE,
                               text=True)
    with process:
        for line in process.stdout:
            print(line, end="", flush=True)
            if line.startswith("{"):
                found.append(json.loads(line))
    return process.returncode, found


def safety(options, lengths, directory):
    """All of `make safety`."""
    return run("make", "-s", "safety")


def kills(options, lengths, directory):
    """Ends of the agent in both methods, on running and on stopped targets, and at named points."""
    return run("Scripts/safety/as_found.py", "--agent", options.agent + " --stop-method {method}",
               "--point-agent", options.point_agent, "--kills", lengths.kills, "--terms",
               lengths.terms, "--point-rounds", lengths.point_rounds)


def visits(options, lengths, directory):
    """Waits and signals by turns, until so many visits were made."""
    code, found, count = 0, [], 0
    for turn in range(MOST_TURNS):
        port = free_port()
        common = ("--agent", options.agent.replace("127.0.0.1:0", f"127.0.0.1:{port}"),
                  "--metrics-url", f"http://127.0.0.1:{port}/metrics", "--rates", "1000")
        # How late waits end is `safety`'s to judge, of a machine with nothing else to do.
        for driver in (("eintr.py", "--seconds", lengths.turn_seconds, "--allowance-ms", "1000",
                        "--coarse-allowance-ms", "1000"),
                       ("signals.py", "--signals", lengths.turn_signals)):
            ended, said = run(f"Scripts/safety/{driver[0]}", *driver[1:], *common)
            code, found = code or ended, found + said
            count += sum(one["agent_says"][VISITS_METRIC]
                         for verdict in said for one in verdict["runs"])
        print(f"{count:.0f} visits in {turn + 1} turns", flush=True)
        if count >= lengths.visits:
            break
    else:
        print(f"only {count:.0f} visits in {MOST_TURNS} turns")
        code = code or 1
    return code, found


def transfers(options, lengths, directory):
    """Transfers under the agent, the naive visitor and other tools."""
    return run("Scripts/safety/transfers.py", "--agent", options.agent, "--seconds",
               lengths.transfer_seconds, "--tools", "gdb,strace,eu-stack,py-spy")


def from_file(directory, name, *command):
    """A run that writes its verdict into a file."""
    path = directory / f"{name}-verdict.json"
    path.unlink(missing_ok=True)
    code, _ = run(*command, "--json", path)
    return code, [json.loads(path.read_text())] if path.exists() else []


def chaos(options, lengths, directory):
    """The fault campaign."""
    return from_file(directory, "chaos", "Scripts/chaos.py", "--seconds", lengths.chaos_seconds)


def soak(options, lengths, directory):
    """Memory and descriptors of agents that run on."""
    return from_file(directory, "soak", "Scripts/soak.py", "--minutes", lengths.soak_minutes)


PARTS = {part.__name__: part for part in (safety, kills, visits, transfers, chaos, soak)}


def run_part(name, options, lengths, directory):
    """Runs a part and keeps its verdicts, whatever they say."""
    print(f"\n{name}: {PARTS[name].__doc__}", flush=True)
    when, began = verdicts.circumstances(), time.monotonic()
    code, found = PARTS[name](options, lengths, directory)
    verdicts.write(directory / f"{name}.json", {
        **when, "part": name, "passed": code == 0, "seconds": time.monotonic() - began,
        "verdicts": found})
    return code


def read(directory):
    """The parts that were run."""
    return {name: json.loads((directory / f"{name}.json").read_text())
            for name in PARTS if (directory / f"{name}.json").exists()}


def write_page(directory, page):
    page.parent.mkdir(parents=True, exist_ok=True)
    for name, text in reliability_page.files(read(directory), page.stem).items():
        (page.parent / name).write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agent", help="the agent's command line, with {pid} and {rate}")
    parser.add_argument("--point-agent", help="the same, with {point}")
    parser.add_argument("--part", choices=PARTS, help="this one only")
    parser.add_argument("--short", action="store_true", help="a trial of the trials")
    parser.add_argument("--page", action="store_true", help="only write the page")
    options = parser.parse_args()
    directory = RAW / "short" if options.short else RAW
    code = 0
    if not options.page:
        if not (options.agent and options.point_agent):
            parser.error("--agent and --point-agent are needed to run anything")
        for name in [options.part] if options.part else PARTS:
            code = run_part(name, options, Lengths(options.short), directory) or code
    write_page(directory, directory / PAGE.name if options.short else PAGE)
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())

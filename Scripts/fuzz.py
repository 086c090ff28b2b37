#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Puts each parser under libFuzzer, which changes real files and keeps what reaches new code.

A trap, a broken promise, an input that takes longer than the limit or more memory is a failure: the
input is kept and the command that reads it again is printed. The files to begin with are this
machine's own and some that are compiled here (`Scripts/fuzz_corpus.py`).
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fuzz_corpus

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / ".build-fuzz"
PROGRAM = BUILD / "release/parser-fuzz"
PARSERS = ("elf", "cfi", "packed", "perfmap", "maps", "proc", "names", "profile")
# The longest input, in bytes: libFuzzer is the slower the longer its inputs are.
LENGTHS = {"elf": 65536, "cfi": 16384, "packed": 16384, "names": 4200, "profile": 16384}
USUAL_LENGTH = 8192
# Outcomes without which nothing was tried: the parser was never past its first checks.
EXPECTED = {
    "elf": {"symbols", "image", "not_elf", "malformed_header", "symbols+malformed_symbol_table"},
    "cfi": {"caller+no_rule", "no_rule", "caller+no_rule+not_followed"},
    "packed": {"xz", "section", "malformed_compression", "decompressed_too_large"},
    "perfmap": {"functions", "none", "functions malformed"},
    "maps": {"mappings", "none", "mappings unreadable_lines"},
    "proc": {"stat", "status", "running", "blocked", "blocked outside", "schedstat", "cgroup",
             "cmdline"},
    "names": {"demangled", "as_it_is"},
    "profile": {"stacks", "damaged_line", "damaged_json", "damaged_gzip", "damaged_message",
                "dangling_reference", "unknown_format"},
}


def build():
    """A directory of its own: every module is compiled with libFuzzer's marks."""
    subprocess.run(
        ["swift", "build", "-c", "release", "--sanitize", "fuzzer", "-Xswiftc", "-DLIBFUZZER",
         "--scratch-path", BUILD, "--product", "parser-fuzz"], cwd=ROOT, check=True)


def run(options, parser):
    found, failures = BUILD / "found" / parser, BUILD / "failures"
    for directory in (found, failures):
        directory.mkdir(parents=True, exist_ok=True)
    prefix = failures / f"{parser}-"
    command = [
        PROGRAM, f"--parser={parser}", f"-seed={options.seed}",
        f"-max_total_time={options.seconds}", f"-timeout={options.input_seconds}",
        f"-rss_limit_mb={options.resident_mib}", f"-malloc_limit_mb={options.resident_mib}",
        f"-max_len={LENGTHS.get(parser, USUAL_LENGTH)}", f"-artifact_prefix={prefix}",
        "-print_final_stats=1", "-detect_leaks=0", found, BUILD / "corpus" / parser,
    ]
    began = time.monotonic()
    # Swift's own report of a crash would be made instead of libFuzzer's.
    process = subprocess.run(
        [str(word) for word in command], text=True, errors="replace", stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
    return parser, process.returncode, process.stdout, time.monotonic() - began


def statistic(name, text):
    match = re.search(rf"stat::{name}:\s+(\d+)", text)
    return int(match[1]) if match else 0


def report(parser, code, text, seconds):
    """Prints a line of figures; what went wrong, or nothing."""
    covered = [int(count) for count in re.findall(r"\bcov: (\d+)", text)] or [0]
    outcomes = {name: int(count) for name, count in
                re.findall(r"^outcome (.*) (\d+)$", text, re.MULTILINE)}
    inputs = statistic("number_of_executed_units", text)
    row = {
        "parser": parser, "seconds": round(seconds, 1), "inputs": inputs,
        "inputs_per_second": statistic("average_exec_per_sec", text),
        "edges_at_first": covered[0], "edges": covered[-1],
        "slowest_seconds": statistic("slowest_unit_time_sec", text),
        "resident_mib": statistic("peak_rss_mb", text), "outcomes": outcomes,
    }
    print(f"{parser:8} {seconds:6.0f} s {inputs:11,} inputs {row['inputs_per_second']:8,}/s"
          f" {covered[0]:6} -> {covered[-1]:5} edges, slowest {row['slowest_seconds']} s,"
          f" {row['resident_mib']} MiB, {len(outcomes)} outcomes", flush=True)
    missing = EXPECTED[parser] - set(outcomes)
    if code == 0 and not missing:
        return row, None
    artifact = re.search(r"Test unit written to (\S+)", text)
    print("\n".join(text.splitlines()[-40:]))
    if artifact:
        print(f"again: SWIFT_BACKTRACE=enable=no {PROGRAM.relative_to(ROOT)} --parser={parser}"
              f" {os.path.relpath(artifact[1], ROOT)}", flush=True)
    return row, f"{parser}: ended with {code} after {inputs} inputs; never: {sorted(missing)}"


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    arguments.add_argument("parsers", nargs="*", default=PARSERS, metavar="PARSER",
                           help=f"of {', '.join(PARSERS)}")
    arguments.add_argument("--seconds", type=int, default=600, help="for each parser")
    arguments.add_argument("--jobs", type=int, default=2, help="parsers at a time")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--input-seconds", type=int, default=5, help="the most for one input")
    arguments.add_argument("--resident-mib", type=int, default=640, help="the most memory")
    arguments.add_argument("--no-build", action="store_true")
    options = arguments.parse_args()
    if unknown := set(options.parsers) - set(PARSERS):
        arguments.error(f"no such parser: {', '.join(sorted(unknown))}")
    if not options.no_build:
        build()
    fuzz_corpus.write(BUILD / "corpus", options.parsers)
    with ThreadPoolExecutor(options.jobs) as pool:
        results = [report(*result) for result in
                   pool.map(lambda parser: run(options, parser), options.parsers)]
    failures = [failure for _, failure in results if failure]
    for failure in failures:
        print(f"FAILED: {failure}")
    print(json.dumps({"fuzz": [row for row, _ in results], "seed": options.seed,
                      "failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

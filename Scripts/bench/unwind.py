#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Frames a second of the agent's unwinder, of libdw and of libunwind, on the same recorded stacks.

Of each program some hundreds of stacks are recorded once: registers, and the top of the stack as
the agent copies it. The program is then left stopped, for what it has mapped. The unwinders take
turns on one CPU, each in a process of its own that has unwound all stacks once before it is timed,
by its CPU time. Figures are medians over the rounds. Every stack's frames are compared: libunwind
leaves the outermost frame of a thread out, which is equal here.

Then the pause at a depth of 5 and of 500 frames, and what tables cost.
"""

import argparse
import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-targets"
OURS = ROOT / ".build/release/unwind-bench"
VISIT = ROOT / ".build/release/visit-bench"
UNWINDERS = {
    "ours": [OURS, "stacks"],
    "libdw": [PROGRAMS / "unwind-peers", "libdw"],
    "libunwind": [PROGRAMS / "unwind-peers", "libunwind"],
}
PYTHON = """
import json, re
def walk(depth):
    if depth: return sorted([walk(depth - 1) for _ in range(2)], key=lambda v: json.dumps(v))
    return re.sub('(a|b)+c', lambda match: str(json.loads('[1, {}]')), 'abbac' * 3)
while True: walk(6)
"""
CPLUSPLUS = "#include <regex>\n#include <map>\n#include <string>\n" + "".join(
    f"template <int N> struct S{n} {{ std::map<std::string, std::regex> m;"
    f" bool f(const std::string& s) {{ m[s] = std::regex(s);"
    f" return std::regex_match(s, m[s]); }} }};\n"
    f"bool g{n}(const std::string& s) {{ return S{n}<{n}>().f(s); }}\n" for n in range(400))


def compiler(directory):
    source = Path(directory) / "a.cc"
    source.write_text(CPLUSPLUS)
    preprocessed = Path(directory) / "a.ii"
    subprocess.run(["g++", "-E", "-o", preprocessed, source], check=True)
    driver = subprocess.run(["g++", "-print-prog-name=cc1plus"], check=True, capture_output=True,
                            text=True).stdout.strip()
    return [driver, "-quiet", "-O2", "-fpreprocessed", preprocessed, "-o", "/dev/null"]


def cases(directory):
    """Name, command, and seconds until it does what it does."""
    return [
        ("C, 16 frames", [PROGRAMS / "deep", "--frames", "12"], 0.5),
        ("C, 200 frames", [PROGRAMS / "deep", "--frames", "196"], 0.5),
        ("python3", ["/usr/bin/python3", "-c", PYTHON], 1),
        ("cc1plus", compiler(directory), 2),
    ]


@contextlib.contextmanager
def running(command, seconds):
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    try:
        time.sleep(seconds)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def busiest(pid):
    """The thread that has run longest."""
    def run_time(task):
        return int((task / "schedstat").read_text().split()[0])
    return int(max(Path(f"/proc/{pid}/task").iterdir(), key=run_time).name)


def frames_of(path):
    return [line.split() for line in path.read_text().splitlines()]


def compare(ours, theirs):
    """Stacks and frames that are equal, of ours; the first stack that is not."""
    same = [b for a, b in zip(ours, theirs) if b in (a, a[:-1])]
    other = next(((a, b) for a, b in zip(ours, theirs) if b not in (a, a[:-1])), None)
    return len(same), sum(map(len, same)), other


def measure(options, name, command, settle, directory):
    slabs, rates, found = directory / "slabs", {}, {}
    with running(command, settle) as pid:
        subprocess.run([PROGRAMS / "slabs-record", str(busiest(pid)), str(options.stacks),
                        str(options.stack_bytes), slabs], check=True)
        for _ in range(options.rounds):
            for unwinder, program in UNWINDERS.items():
                output = subprocess.run(
                    ["taskset", "-c", "0", *map(str, program), str(pid), slabs,
                     str(options.seconds), directory / unwinder],
                    check=True, capture_output=True, text=True).stdout
                frames, seconds = output.split()
                rates.setdefault(unwinder, []).append(int(frames) / float(seconds))
        found = {unwinder: frames_of(directory / unwinder) for unwinder in UNWINDERS}
    return report(name, rates, found)


def report(name, rates, found):
    ours = statistics.median(rates["ours"])
    count = sum(map(len, found["ours"]))
    print(f"{name}: {len(found['ours'])} stacks, {count / len(found['ours']):.1f} frames each")
    rows = {}
    for unwinder, values in rates.items():
        middle = statistics.median(values)
        equal, frames, other = compare(found["ours"], found[unwinder])
        rows[unwinder] = {"frames_per_second": values, "stacks": len(found["ours"]),
                          "equal_stacks": equal, "equal_frames": frames}
        print(f"  {unwinder:10} {middle / 1e6:8.3f} M frames/s ({min(values) / 1e6:.3f} to "
              f"{max(values) / 1e6:.3f}), ours is {ours / middle:6.1f} times that; "
              f"{equal} stacks equal, {frames} frames", flush=True)
        if other:
            print(f"    ours {' '.join(other[0][-6:])}\n    else {' '.join(other[1][-6:])}")
    return rows


def failures_of(name, rows):
    ours = statistics.median(rows["ours"]["frames_per_second"])
    for unwinder, row in rows.items():
        if row["equal_stacks"] < row["stacks"]:
            yield f"{name}: {row['stacks'] - row['equal_stacks']} stacks are not {unwinder}'s"
    ratio = ours / statistics.median(rows["libdw"]["frames_per_second"])
    if ratio < 10:
        yield f"{name}: {ratio:.1f} times libdw, below 10"
    if ours < 10e6:
        yield f"{name}: {ours / 1e6:.1f} M frames/s, below 10"


def visit_microseconds(options, pid, stack_bytes):
    """The median of the visits of one turn, as pause.py makes them."""
    output = subprocess.run(
        [VISIT, "bare", str(busiest(pid)), str(options.visits), str(stack_bytes), "1500"],
        check=True, capture_output=True, text=True).stdout
    return statistics.median(int(end) - int(begin) for begin, end in
                             (line.split() for line in output.splitlines())) / 1e3


def pauses(options):
    """The pause at a depth of 5 and of 500 frames, in turns.

    Once with as much of the stack copied at both depths, in few large frames or many small ones:
    the depth alone. And once as much as a stack of that depth takes, as the agent does.
    """
    runs = {
        "5 frames, 24 KiB copied": (5, 8192, 24576),
        "500 frames, 24 KiB copied": (500, 64, 24576),
        "5 frames, 8 KiB at the most": (5, 64, 8192),
        "500 frames, 72 KiB at the most": (500, 64, 73728),
    }
    found = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, (frames, frame_bytes, stack_bytes) in runs.items():
            command = [PROGRAMS / "deep", "--frames", frames, "--frame-bytes", frame_bytes]
            with running(command, 0.3) as pid:
                found[name].append(visit_microseconds(options, pid, stack_bytes))
    medians = {name: statistics.median(values) for name, values in found.items()}
    for name, values in found.items():
        print(f"pause, {name:32} {medians[name]:6.1f} us ({min(values):.1f} to {max(values):.1f})",
              flush=True)
    middles = list(medians.values())
    return {"microseconds": found, "ratio": middles[1] / middles[0],
            "ratio_as_the_agent_copies": middles[3] / middles[2]}


def tables():
    """What it costs to index, compile and hold the tables of large files."""
    swift = Path(shutil.which("swift") or "/").resolve().parent
    large = max((path for path in [*swift.glob("*"), *Path("/usr/lib").glob("**/libLLVM*.so*")]
                 if path.is_file()), key=lambda path: path.stat().st_size, default=None)
    files = [path for path in (Path("/usr/lib/x86_64-linux-gnu/libc.so.6"),
                               Path("/usr/lib/x86_64-linux-gnu/libstdc++.so.6"), large) if path]
    found = {}
    for path in files:
        output = subprocess.run([OURS, path], check=True, capture_output=True, text=True).stdout
        print(f"tables of {path.name}\n" + output.partition("\n")[2], end="", flush=True)
        found[path.name] = dict(re.findall(r"^  +(.*): (\S+ \S*)$", output, re.MULTILINE))
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stacks", type=int, default=500, help="of each program")
    parser.add_argument("--seconds", type=float, default=0.5, help="for each turn")
    parser.add_argument("--stack-bytes", type=int, default=65536)
    parser.add_argument("--visits", type=int, default=500, help="for each turn")
    options = parser.parse_args()
    results, failures = {}, []
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for case in cases(directory):
            results[case[0]] = measure(options, *case, directory)
            failures += failures_of(case[0], results[case[0]])
    pause = pauses(options)
    if not 0.8 < pause["ratio"] < 1.25:
        failures.append(f"the pause at 500 frames is {pause['ratio']:.2f} times that at 5")
    costs = tables()
    for failure in failures:
        print(f"FAILED: {failure}")
    print(json.dumps({"bench": "unwind", "rounds": options.rounds, "stacks": options.stacks,
                      "programs": results, "pause": pause, "tables": costs, "failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

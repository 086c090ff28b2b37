#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""`ptarmigan record` as its users meet it: on real programs, through the shell's eyes.

Each check names what went wrong; the exit code is 1 if any did.
"""

import argparse
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from recordings import (PROGRAMS, ROOT, Started, check, check_refusals, conclude, folded, record,
                        stacks)


def busy_program():
    """Computes 60, 30 and 10 % of its time in three functions."""
    return Started("busy", "--threads", "1")


def check_split(options, directory):
    """The split within 3.5 standard errors at 99 Hz, and whole stacks without frame pointers."""
    path = directory / "split.folded"
    with busy_program() as busy:
        done = record(options, "-p", busy.pid, "-d", options.seconds, "-o", path, "--no-inline")
    check(done.returncode == 0, f"record ends well: {done.stderr.strip()}")
    lines = folded(path)
    total = sum(count for _, count in lines)
    for name, share in (("hot_sixty", 0.6), ("warm_thirty", 0.3), ("cool_ten", 0.1)):
        own = [(stack, count) for stack, count in lines if stack[-1] == name]
        found = sum(count for _, count in own) / total
        error = (share * (1 - share) / total) ** 0.5
        check(abs(found - share) < 3.5 * error,
              f"{name}: {found:.3f} of {total} samples, {(found - share) / error:+.1f} standard errors")
        check(all("compute" in stack for stack, _ in own), f"{name} has its callers")
    complete, rest = stacks(done)
    check(complete >= 99 * rest, f"{complete} stacks complete, {rest} not")
    check("pauses" in done.stderr and "p99" in done.stderr, "pauses are reported")


def check_formats(options, directory):
    with busy_program() as busy:
        for name in ("a.html", "a.svg", "a.folded", "a.pb.gz", "a.json", "a.txt"):
            path = directory / name
            done = record(options, "-p", busy.pid, "-d", 0.5, "-o", path)
            check(done.returncode == 0 and path.stat().st_size > 0, f"{name} is written")
        shown = record(options, "-p", busy.pid, "-d", 0.5, "-o", "-", "-f", "text")
        check("hot_sixty" in shown.stdout, "the standard output gets a table")
    check((directory / "a.html").read_text().startswith("<!DOCTYPE html>"), "the page is one")
    check("hot_sixty" in (directory / "a.svg").read_text(), "the picture names functions")
    check(b"hot_sixty" in gzip.decompress((directory / "a.pb.gz").read_bytes()),
          "the pprof message names functions")
    check("frames" in json.loads((directory / "a.json").read_text())["shared"],
          "speedscope's JSON is read")
    top = subprocess.run(["go", "tool", "pprof", "-top", directory / "a.pb.gz"], text=True,
                         capture_output=True)
    check("hot_sixty" in top.stdout, "go tool pprof -top shows the hot function")


def run(options, verb, *arguments, **more):
    return subprocess.run([options.ptarmigan, verb, *map(str, arguments)], text=True,
                          capture_output=True, timeout=60, **more)


def check_reports(options, directory):
    """What was recorded is read back from each format that has it, and two recordings compared."""
    for name in ("a.html", "a.folded", "a.pb.gz", "a.json"):
        done = run(options, "report", directory / name)
        check("hot_sixty" in done.stdout and done.returncode == 0,
              f"report reads {name} back {done.stderr.strip()}")
    piped = run(options, "report", "-", "-f", "folded", input=(directory / "a.folded").read_text())
    check(piped.stdout == (directory / "a.folded").read_text(), "stacks go through it unchanged")
    done = run(options, "report", directory / "a.pb.gz", directory / "a.pb.gz", "-f", "folded")
    once = run(options, "report", directory / "a.pb.gz", "-f", "folded")
    doubled = [line.rsplit(" ", 1) for line in once.stdout.splitlines()]
    check(done.stdout.splitlines() == [f"{stack} {2 * int(count)}" for stack, count in doubled],
          "files are added up")

    slower = directory / "slower.folded"
    slower.write_text("".join(
        f"{';'.join(stack)} {count * (3 if stack[-1] == 'cool_ten' else 1)}\n"
        for stack, count in folded(directory / "split.folded")))
    done = run(options, "diff", directory / "split.folded", slower)
    rows = [line.split() for line in done.stdout.splitlines() if not line.startswith("#")]
    check(rows[0][-1] == "cool_ten" and rows[0][0].startswith("+"),
          f"a function that is three times as slow is on top: {rows[0]}")
    page = directory / "diff.html"
    done = run(options, "diff", directory / "split.folded", slower, "-o", page)
    check(done.returncode == 0 and '"comparison":' in page.read_text(), "a difference has a page")

    check_refusals(lambda *arguments: run(options, "report", *arguments), "report", (
        ([directory / "a.svg"], 1, "shows a profile"), ([directory / "a.txt"], 1, "shows a profile"),
        ([page], 1, "comparison"), (["/no/such/file"], 1, "No such file"), (["/bin/true"], 1, "true"),
        ([], 2, "files"), ([directory / "a.pb.gz", directory / "a.folded"], 1, "--rate"),
        ([directory / "a.pb.gz", "-o", directory / "x.gif"], 2, "x.gif")))
    check_refusals(lambda *arguments: run(options, "diff", *arguments), "diff", (
        ([page], 2, "new"), ([page, page], 1, "comparison"), (["-", "-"], 2, "once")))


def check_command(options, directory):
    """A command is recorded from its start, keeps its output, and its end ends the recording."""
    path = directory / "command.folded"
    done = record(options, "-r", 499, "-o", path, "--no-inline", "--", PROGRAMS / "busy",
                  "--seconds", 1.5, "--threads", 1)
    check(done.returncode == 0, f"a command is recorded: {done.stderr.strip()}")
    check('"target": "busy"' in done.stdout or '"target":"busy"' in done.stdout,
          "the command's output is its own")
    check(any(stack[-1] == "hot_sixty" for stack, _ in folded(path)), "and its functions are there")
    done = record(options, "-o", directory / "no.folded", "--", "/no/such/command")
    check("can't be started" in done.stderr, "a command that is none is named")
    path = directory / "child.folded"
    shell = f"{PROGRAMS / 'busy'} --seconds 1.5 --threads 1 & wait"
    record(options, "-s", "-o", path, "--no-inline", "--", "sh", "-c", shell)
    check(any(stack[-1] == "hot_sixty" for stack, _ in folded(path)), "-s follows children")


def check_wall(options, directory):
    """All time of all threads, and whole stacks of threads that nobody stops."""
    path = directory / "wall.json"
    with Started("waiters") as waiters:
        done = record(options, "-p", waiters.pid, "--wall", "-d", options.seconds, "-o", path,
                      "--no-inline")
    check(done.returncode == 0, f"--wall ends well: {done.stderr.strip()}")
    profile = json.loads(path.read_text())
    names = [frame["name"] for frame in profile["shared"]["frames"]]
    times = {}
    for part in profile["profiles"]:
        for stack, weight in zip(part["samples"], part["weights"]):
            stack = tuple(names[frame] for frame in stack)
            times[stack] = times.get(stack, 0) + weight / 1e9
    match = re.search(r"CPU time in ([0-9.]+) s", done.stderr)
    lasted = float(match[1]) if match else 0
    total = sum(times.values())
    check(abs(total - 3 * lasted) < 0.03 * total,
          f"{total:.3f} s of three threads in {lasted:.2f} s")
    chain = ("wait_outer", "wait_middle", "wait_inner")
    still = sum(time for stack, time in times.items() if stack[-5:-2] == chain)
    check(abs(still - lasted) < 0.03 * lasted,
          f"{still:.3f} s in a wait whose frames need the frame pointer")
    dozing = sum(time for stack, time in times.items() if "doze" in stack)
    computing = sum(time for stack, time in times.items() if "compute" in stack)
    # For 2 ms of computing at most it sleeps for 8 ms at least; 800 looks tell that to 5 points.
    share = dozing / (dozing + computing)
    check(0.75 < share < 0.99, f"{share:.3f} of the breathing thread's time is sleep, of 0.8")
    check("0 truncated, 0 broken" in done.stderr, "all stacks are complete")


def check_dump(options):
    with Started("waiters") as waiters:
        done = subprocess.run([options.ptarmigan, "dump", "-p", str(waiters.pid), "-j",
                               "--timeout", "20"], text=True, capture_output=True, timeout=60)
        text = subprocess.run([options.ptarmigan, "dump", "-p", str(waiters.pid)], text=True,
                              capture_output=True, timeout=60).stdout
        number = str(Path(f"/proc/{waiters.pid}/fd/3").resolve())
    check(done.returncode == 0, f"dump ends well: {done.stderr.strip()}")
    threads = json.loads(done.stdout)["threads"]
    check(len(threads) == 3, f"dump shows {len(threads)} threads of three")
    still = [thread for thread in threads
             if "wait_inner" in [frame["function"] for frame in thread["frames"]]]
    check(len(still) == 1 and still[0]["state"] == "waiting" and still[0]["held_ns"] == 0
          and still[0]["syscall"]["name"] == "read" and still[0]["end"] == "complete"
          and still[0]["syscall"]["arguments"][0] == "0x3",
          f"a thread that reads from descriptor 3 ({number}) was not held")
    check(all(thread["end"] == "complete" for thread in threads), "all stacks of it are complete")
    check("waiting in read(0x3, " in text and "wait_middle in waiters" in text, "and as text")
    with busy_program() as busy:
        done = subprocess.run([options.ptarmigan, "dump", "-p", str(busy.pid), "-j",
                               "--timeout", "20"], text=True, capture_output=True, timeout=60)
    threads = json.loads(done.stdout)["threads"]
    running = [thread for thread in threads if thread["state"] == "running"]
    check(len(running) == 1 and running[0]["held_ns"] > 0
          and "compute" in [frame["function"] for frame in running[0]["frames"]],
          f"a thread that runs was held for {running[0]['held_ns'] / 1e3 if running else 0} us")
    done = subprocess.run([options.ptarmigan, "dump", "-p", "1"], text=True, capture_output=True)
    check(done.returncode == 1 and len(done.stderr.splitlines()) == 1,
          f"a process that may not be dumped: {done.stderr.strip()}")


def check_interrupt(options, directory):
    path = directory / "interrupted.folded"
    with busy_program() as busy:
        process = subprocess.Popen([options.ptarmigan, "record", "-n", "busy", "-o", path],
                                   stderr=subprocess.PIPE, text=True)
        # It has begun once the target has been stopped and let go a few times.
        waits = f"/proc/{busy.pid}/task"
        tid = max(int(task) for task in os.listdir(waits))
        status, before = Path(f"{waits}/{tid}/status"), None
        end = time.monotonic() + 20
        while time.monotonic() < end:
            count = int(status.read_text().split("\nvoluntary_ctxt_switches:")[1].split()[0])
            before = count if before is None else before
            if count > before + 20:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
        check(process.returncode == 0 and path.exists(), f"Ctrl-C writes what there is: {errors}")
        tracer = re.search(r"TracerPid:\t(\d+)", status.read_text())[1]
        check(tracer == "0" and busy.poll() is None, "and the target runs on, free")


def check_all_refusals(options, directory):
    gone = subprocess.Popen(["true"])
    gone.wait()
    check_refusals(lambda *arguments: record(options, *arguments), "record", (
            (["-p", gone.pid], 127, str(gone.pid)), (["-p", 1], 1, "1"),
            (["-p", "x"], 2, "x"), ([], 2, "-p"), (["-p", 1, "-f", "gif"], 2, "gif"),
            (["-n", "no-such-name"], 127, "no-such-name"),
            (["-p", os.getpid(), "-o", "/no/such/directory/a.svg"], 1, "/no/such/directory"),
            (["-p", os.getpid(), "-o", directory / "a.gif"], 2, "a.gif")))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ptarmigan", default=str(ROOT / ".build/release/ptarmigan"))
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        check_split(options, directory)
        check_formats(options, directory)
        check_reports(options, directory)
        check_command(options, directory)
        check_wall(options, directory)
        check_dump(options)
        check_interrupt(options, directory)
        check_all_refusals(options, directory)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

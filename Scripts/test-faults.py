#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Recordings of programs whose files and stacks are not as they should be.

Whatever is in the way, a recording ends, says what it could not tell, and gives nothing a name that
is another's. Each check names what went wrong; the exit code is 1 if any did.
"""

import argparse
import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import recordings
from hostile_files import PERF_MAPS, WRONG_NAME
from recordings import PROGRAMS, ROOT, Started, check, conclude, folded, stacks

BUSY = {"hot_sixty", "warm_thirty", "cool_ten"}
LIBRARY = """
#include <stdint.h>
#include <time.h>
static uint64_t now(void) {{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}}
static volatile uint64_t sink;
{padding}
__attribute__((noinline)) static void {name}_work(uint64_t end) {{
    while (now() < end) for (int i = 0; i < 1000; i++) sink += (uint64_t)i;
}}
__attribute__((noinline)) void {name}_call(uint64_t end) {{ {name}_work(end); sink++; }}
void run(uint64_t ns) {{ {name}_call(now() + ns); sink++; }}
"""


class Recording:
    """What `record` said and wrote."""

    def __init__(self, options, pid, seconds=1.5, *arguments):
        with tempfile.TemporaryDirectory() as directory:
            output = Path(directory) / "stacks.folded"
            self.done = recordings.record(
                options, "-p", pid, "-d", seconds, "-r", 499, "--budget.target-pause", 100,
                "--no-inline", "-o", output, *arguments)
            self.stacks = folded(output) if output.exists() else []
        self.complete, self.others = stacks(self.done)
        self.names = {frame for stack, _ in self.stacks for frame in stack}

    def share(self, *names):
        """Percent of the weight in stacks with one of these names."""
        weight = sum(count for stack, count in self.stacks if set(names) & set(stack))
        return 100 * weight / max(1, sum(count for _, count in self.stacks))

    def worked(self, what):
        check(self.done.returncode == 0 and self.complete + self.others > 0,
              f"{what}: {self.done.stderr.splitlines()[1].strip() if self.stacks else self.done}")


def copy_of(program, directory, name):
    return Path(shutil.copy(PROGRAMS / program, Path(directory) / name))


def test_stripped(options, directory):
    program = copy_of("busy", directory, "stripped")
    subprocess.run(["strip", program], check=True)
    with Started(program) as target:
        found = Recording(options, target.pid)
    found.worked("a stripped program")
    check(found.complete >= 99 * found.others, "its stacks are complete")
    own = {name for stack, _ in found.stacks for name in stack if name.startswith("stripped")}
    check(own and all(re.fullmatch(r"stripped\+0x[0-9a-f]+", name) for name in own),
          f"and its frames are offsets: {sorted(own)[:4]}")


def test_deleted_and_upgraded(options, directory):
    for what, act in {
        "a deleted program": lambda path: path.unlink(),
        "a program that was upgraded": lambda path: copy_of("deep", directory, "new").rename(path),
        "a program in whose place is a FIFO": lambda path: (path.unlink(), os.mkfifo(path)),
    }.items():
        program = copy_of("busy", directory, "moved")
        with Started(program) as target:
            act(program)
            found = Recording(options, target.pid)
        program.unlink(missing_ok=True)
        found.worked(what)
        check(found.share("compute") > 95 and found.names & BUSY,
              f"{found.share('compute'):.1f} % in its own functions")
        check(not found.names & {"descend", "bottom"}, "none in the new file's")


def test_cut_file(options, directory):
    """All that the kernel loads, and neither sections nor symbols."""
    program = copy_of("busy", directory, "cut")
    headers = subprocess.run(["readelf", "-lW", program], check=True, capture_output=True,
                             text=True).stdout
    ends = [int(offset, 16) + int(length, 16) for offset, length in re.findall(
        r"LOAD +0x([0-9a-f]+) 0x[0-9a-f]+ 0x[0-9a-f]+ 0x([0-9a-f]+)", headers)]
    os.truncate(program, max(ends))
    with Started(program) as target:
        found = Recording(options, target.pid)
    found.worked("a program cut off after its last segment")
    check(found.complete >= 99 * found.others, "its stacks are complete")
    check(not found.names & BUSY, "and it has no names to give")


def test_spoilt_files(options, directory):
    """Section headers, symbols and unwind records spoilt at random; the program runs anyway."""
    original = (PROGRAMS / "busy").read_bytes()
    sections = subprocess.run(["readelf", "-SW", PROGRAMS / "busy"], check=True,
                              capture_output=True, text=True).stdout
    places = [range(int(offset, 16), int(offset, 16) + int(length, 16))
              for name, offset, length in re.findall(
                  r"\] (\.\S+) +\S+ +[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+)", sections)
              if name in (".symtab", ".strtab", ".eh_frame", ".eh_frame_hdr", ".shstrtab")]
    places.append(range(int.from_bytes(original[0x28:0x30], "little"), len(original)))
    numbers, ended, wrong = random.Random(5), 0, set()
    for round_number in range(options.rounds):
        spoilt = bytearray(original)
        for place in places:
            for _ in range(numbers.randrange(1, 12)):
                spoilt[numbers.choice(place)] = numbers.choice((0, 1, 0x7F, 0x80, 0xFF))
        program = Path(directory) / f"spoilt{round_number}"
        program.write_bytes(spoilt)
        program.chmod(0o755)
        with Started(program) as target:
            found = Recording(options, target.pid, 0.3)
        program.unlink()
        ended += found.done.returncode == 0
    check(ended == options.rounds,
          f"{ended} of {options.rounds} recordings of spoilt files ended as they should")


def test_perf_maps(options, directory):
    """Perf maps that are no files, are endless, or are somebody else's."""
    for act in PERF_MAPS:
        with Started(PROGRAMS / "busy") as target:
            path = Path(f"/tmp/perf-{target.pid}.map")
            try:
                act(path)
                found = Recording(options, target.pid, 0.5)
            finally:
                path.unlink()
        found.worked(f"a perf map that is {act.__name__}")
        check(found.share("compute") > 95 and WRONG_NAME not in found.names,
              f"{found.share('compute'):.1f} % in the program's functions")


def test_debug_link(options, directory):
    """The debug file that a program names is a FIFO, or of another build."""
    for kind in ("a FIFO", "of another program"):
        program = copy_of("busy", directory, "linked")
        debug = Path(directory) / "linked.debug"
        subprocess.run(["objcopy", "--only-keep-debug", program, debug], check=True)
        subprocess.run(["strip", program], check=True)
        subprocess.run(["objcopy", f"--add-gnu-debuglink={debug}", program], check=True)
        debug.unlink()
        if kind == "a FIFO":
            os.mkfifo(debug)
        else:
            subprocess.run(["objcopy", "--only-keep-debug", PROGRAMS / "deep", debug], check=True)
        with Started(program) as target:
            found = Recording(options, target.pid)
        debug.unlink()
        found.worked(f"a debug file that is {kind}")
        check(not found.names & (BUSY | {"descend", "bottom"}), "none of its names is taken")


def test_recursion(options, directory):
    for frames, frame_bytes in ((10_000, 16), (10_000, 256)):
        with Started("deep", "--frames", str(frames), "--frame-bytes", str(frame_bytes)) as target:
            found = Recording(options, target.pid, 1)
        found.worked(f"{frames} frames of some {frame_bytes} bytes")
        # The first samples may find it on its way down.
        check(found.complete <= 3 < found.others, "their stacks are said to be cut short")
        cut = found.share("[truncated: copy_end]", "[truncated: frame_limit]")
        check(cut > 95, f"{cut:.1f} % with the reason")


def test_other_stacks(options, directory):
    with Started("coroutines") as target:
        found = Recording(options, target.pid, 3)
    found.worked("a coroutine and a handler on a stack of its own")
    for name in ("work_in_coroutine", "work_in_handler", "work_on_own_stack"):
        check(20 < found.share(name) < 47, f"{found.share(name):.1f} % in {name}")
    handler = [stack for stack, _ in found.stacks if "work_in_handler" in stack]
    check(all("handle" in stack for stack in handler), "the handler's frames are in order")
    mixed = [stack for stack, _ in found.stacks if "run_coroutine" in stack and "compute" in stack]
    check(not mixed, "no coroutine is shown below another stack's functions")


def library(directory, name, padding=""):
    source = Path(directory) / f"{name}.c"
    source.write_text(LIBRARY.format(name=name, padding=padding))
    path = Path(directory) / f"lib{name}.so"
    subprocess.run(["gcc", "-O1", "-g", "-fPIC", "-shared", "-fomit-frame-pointer", "-o", path,
                    source], check=True)
    return path


def test_reloaded_libraries(options, directory):
    """Two libraries by turns at one address: neither's frames may get the other's names."""
    padding = "__attribute__((noinline)) static void filler(void) { sink += 7; sink *= 3; }\n" \
              "void use(void) { filler(); }\n"
    paths = [library(directory, "alpha"), library(directory, "beta", padding)]
    # Those of the last turn change once, and can be told apart.
    for milliseconds in (20, 150, 700, 2500):
        with Started("reloads", "--load-ms", str(milliseconds), "--", *paths) as target:
            found = Recording(options, target.pid, 4)
        found.worked(f"libraries that are loaded for {milliseconds} ms each")
        wrong = sum(count for stack, count in found.stacks
                    if any(name.startswith("alpha_") for name in stack)
                    and any(name.startswith("beta_") for name in stack)
                    or "filler" in stack or "use" in stack)
        check(wrong == 0, f"{wrong} of {sum(count for _, count in found.stacks)} samples mixed")
        shares = [found.share(f"{name}_work") for name in ("alpha", "beta")]
        print(f"       {shares[0]:.1f} % in alpha's function, {shares[1]:.1f} % in beta's")
        if milliseconds < 2000:
            check(max(shares) < 55, "neither gets the other's time")
        else:
            check(min(shares) > 10 and sum(shares) > 75, "both are named")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--ptarmigan", default=ROOT / ".build/release/ptarmigan")
    parser.add_argument("--rounds", type=int, default=20, help="of spoilt files")
    parser.add_argument("--only", default="", help="a part of the names of the tests to run")
    options = parser.parse_args()
    tests = [value for name, value in globals().items()
             if name.startswith("test_") and options.only in name]
    for test in tests:
        print(f"\n{test.__name__.removeprefix('test_').replace('_', ' ')}", flush=True)
        with tempfile.TemporaryDirectory() as directory, contextlib.suppress(KeyboardInterrupt):
            test(options, directory)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Source lines and inlined functions of a recording, against what binutils' addr2line says.

Each check names what went wrong; the exit code is 1 if any did.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from recordings import PROGRAMS, ROOT, Started, check, conclude, folded


def run(*arguments, **options):
    return subprocess.run([*map(str, arguments)], text=True, capture_output=True, timeout=60,
                          stdin=subprocess.DEVNULL, **options)


def record(options, *arguments, **environment):
    return run(options.ptarmigan, "record", "-r", 499, "--budget.target-pause", 100, *arguments,
               env={**os.environ, **environment})


def pprof(*arguments):
    return run("go", "tool", "pprof", *arguments).stdout


def places(path):
    """Of each location of a pprof message in a file: its byte of the file and its lines."""
    raw = pprof("-raw", path)
    mappings = {}
    for number, start, offset, name in re.findall(
            r"^(\d+): 0x([0-9a-f]+)/0x[0-9a-f]+/0x([0-9a-f]+) (\S+)", raw, re.M):
        mappings[number] = (int(start, 16), int(offset, 16), name)
    found, lines = [], None
    for line in raw.split("\nLocations\n")[1].split("\nMappings\n")[0].splitlines():
        head = re.match(r" +\d+: 0x([0-9a-f]+) M=(\d+) (.*)$", line)
        if head:
            start, offset, name = mappings[head[2]]
            lines = []
            found.append((name, int(head[1], 16) - start + offset, lines))
        elif re.match(r" +\d+:", line):
            lines = None
        text = re.match(r"(\S.*) (\S+):(\d+)(?::\d+)? s=\d+", head[3] if head else line.strip())
        if text and lines is not None:
            lines.append((text[1], text[2], int(text[3])))
    return found


def segments(program):
    """Where a program's code is: offset in the file, length, address."""
    listing = run("readelf", "-lW", program).stdout
    found = re.findall(
        r"LOAD +0x([0-9a-f]+) 0x([0-9a-f]+) 0x[0-9a-f]+ 0x([0-9a-f]+) 0x[0-9a-f]+ R E", listing)
    return [(int(offset, 16), int(length, 16), int(address, 16))
            for offset, address, length in found]


def addr2line(program, offsets):
    """The same of addr2line -i, for bytes of the program's file."""
    [(start, _, address)] = segments(program)
    wanted = [hex(offset - start + address) for offset in offsets]
    output = run("addr2line", "-a", "-i", "-f", "-C", "-e", program, *wanted).stdout.splitlines()
    answers, lines = [], None
    for line in output:
        if line.startswith("0x"):
            lines = []
            answers.append(lines)
        elif lines and lines[-1][1] is None:
            file, number = re.sub(r" \(discriminator \d+\)$", "", line).rsplit(":", 1)
            lines[-1] = (lines[-1][0], file, int(number) if number.isdigit() else 0)
        else:
            lines.append((line, None, 0))
    return answers


def check_lines(options, directory):
    program, path = PROGRAMS / "inlined", directory / "lines.pb.gz"
    with Started(program) as target:
        done = record(options, "-p", target.pid, "-d", 3, "-o", path)
    check(done.returncode == 0, f"record ends well: {done.stderr.strip()}")
    check(re.search(r"^lines +[1-9]\d* of \d+ files", done.stderr, re.M),
          "the report says of how many files there are lines")
    found = [place for place in places(path) if Path(place[0]).name == "inlined"]
    check(len(found) >= 5, f"{len(found)} addresses of the program were sampled")
    expected = addr2line(program, [offset for _, offset, _ in found])
    different = [(hex(offset), ours, theirs) for (_, offset, ours), theirs in zip(found, expected)
                 if ours != theirs]
    check(not different, f"addr2line says the same of {len(found)} addresses: {different[:3]}")
    check(any([name for name, _, _ in lines] == ["mix", "fold", "digest"] for _, _, lines in found),
          "an inlined function in an inlined function is found")

    traces = pprof("-traces", path)
    check(re.search(r"mix \(inline\)\n +fold \(inline\)\n +digest\n +compute", traces),
          "go tool pprof -traces shows the inlined callees")
    check(re.search(r"mix \S*inlined\.c:1[789] \(inline\)", pprof("-lines", "-top", path)),
          "go tool pprof -lines shows their lines")
    listing = pprof("-list", "^mix$", path)
    # Which of the three lines an interrupt finds is the processor's choice.
    check(re.search(r"\d+m?s +1[789]: +(state [*^]=|return state)", listing),
          "go tool pprof -list shows the source")


def check_formats(options, directory):
    with Started("inlined") as target:
        for arguments, leaf in (([], "compute;digest;fold_[i];mix_[i]"),
                                (["--no-inline"], "compute;digest")):
            path = directory / "stacks.folded"
            record(options, "-p", target.pid, "-d", 1, "-o", path, *arguments)
            # Two inlined functions share the time about equally, so which is first is chance.
            lines = folded(path)
            total = sum(count for _, count in lines)
            found = sum(count for stack, count in lines if ";".join(stack).endswith(leaf))
            check(found > 0.2 * total,
                  f"record {' '.join(arguments)}: {found} of {total} samples fold to {leaf}")


def check_missing(options, directory):
    """Without debug information, or of another build, there are no lines, and all the rest."""
    stripped, path = directory / "stripped", directory / "stripped.folded"
    shutil.copy(PROGRAMS / "inlined", stripped)
    run("strip", "--strip-debug", stripped)
    with Started(stripped) as target:
        done = record(options, "-p", target.pid, "-d", 1, "-o", path)
    check("digest" in path.read_text() and "_[i]" not in path.read_text(),
          "functions of a program without debug information are named")
    check("no_debug_information" in done.stderr, f"and the report says so: {done.stderr.strip()}")

    path = directory / "ended.pb.gz"
    done = record(options, "-o", path, "--", PROGRAMS / "inlined", "--seconds", 2.5)
    check("(inline)" in pprof("-traces", path),
          f"a program that has ended still has lines: {done.stderr.strip()}")

    replaced = directory / "replaced"
    shutil.copy(PROGRAMS / "inlined", replaced)
    with Started(replaced) as target:
        replaced.unlink()
        shutil.copy(PROGRAMS / "busy", replaced)
        done = record(options, "-p", target.pid, "-d", 1, "-o", directory / "replaced.folded")
    check("replaced 1" in done.stderr, f"another build gives no lines: {done.stderr.strip()}")


def check_hostile(options, directory):
    """Debug information that is garbage costs the lines of its file, and never the profile."""
    section, program = directory / "garbage", directory / "hostile"
    path = directory / "hostile.folded"
    for name, content in (("ones", b"\xff" * 4096), ("noise", os.urandom(4096)),
                          ("zeroes", bytes(4096))):
        section.write_bytes(content)
        run("objcopy", *(f"--update-section=.debug_{part}={section}"
                         for part in ("info", "abbrev", "line", "rnglists")),
            PROGRAMS / "inlined", program)
        with Started(program) as target:
            done = record(options, "-p", target.pid, "-d", 1, "-o", path)
        check(done.returncode == 0 and "digest" in path.read_text(),
              f"a program with {name} for debug information is recorded: {done.stderr.strip()}")


LIBRARY = """
#include <stdlib.h>
#define FUNCTION(name) void *dwarf_##name(void) { %s; return NULL; }
FUNCTION(begin) FUNCTION(end) FUNCTION(get_units) FUNCTION(ranges) FUNCTION(child) FUNCTION(tag)
FUNCTION(siblingof) FUNCTION(haspc) FUNCTION(attr_integrate) FUNCTION(attr) FUNCTION(formstring)
FUNCTION(formudata) FUNCTION(getsrc_die) FUNCTION(lineno) FUNCTION(linesrc) FUNCTION(getsrcfiles)
FUNCTION(filesrc)
"""


def check_library(options, directory):
    """A libdw that crashes, or that is none, costs the lines and never the profile."""
    source, path = directory / "dw.c", directory / "library.folded"
    for name, text, reason in (("that crashes", LIBRARY % "abort()", "unanswered"),
                               ("that lacks its functions", "", "no_libdw")):
        source.write_text(text)
        run("gcc", "-w", "-shared", "-fPIC", "-o", directory / "libdw.so.1", source)
        with Started("inlined") as target:
            done = record(options, "-p", target.pid, "-d", 1, "-o", path,
                          LD_LIBRARY_PATH=str(directory))
        check(done.returncode == 0 and "digest" in path.read_text() and reason in done.stderr,
              f"with a libdw {name} a program is recorded: {done.stderr.strip()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ptarmigan", default=str(ROOT / ".build/release/ptarmigan"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        check_lines(options, directory)
        check_formats(options, directory)
        check_missing(options, directory)
        check_hostile(options, directory)
        check_library(options, directory)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

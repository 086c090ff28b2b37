#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""`ptarmigan record` on programs of several languages, each built as its own tools do for use.

Stacks have to be whole, and functions to be named as the language writes them. It prints a table;
the exit code is 1 if a program fails.
"""

import argparse
import contextlib
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from recordings import PROGRAMS, ROOT, check, conclude, folded, record, stacks

LANGUAGES = PROGRAMS / "languages"
COMPLETE_PERCENT = 99
HOT_PERCENT = 90
READY_SECONDS = 60
VECTOR = "std::vector<double, std::allocator<double> >&"
# Swift clones functions, and says so before their names.
SWIFT = r"(generic specialization <.*> of |function signature specialization <.*> of )*"


class Maybe(str):
    """A frame that need not be there: a compiler may put its code into the caller's."""


@dataclass
class Program:
    """What to run, and how the stack of its hot function ends."""

    name: str
    command: list
    # Regular expressions for the innermost functions, the hot one last; what it calls is allowed.
    chain: list
    # Run once the program is warm; `{pid}` stands for it.
    prepare: tuple = ()
    # Whether every frame has a rule, up to the program's start.
    is_described: bool = True


def exactly(*names):
    return [re.escape(name) for name in names]


def script(name):
    """A function of the script as V8 writes it: how it was compiled, its name, and where it is."""
    return rf"(JS|LazyCompile|Function):[~^*]?{name} \S*relax\.js:[\d:]+"


PROGRAM_LIST = [
    Program("C", ["c"], exactly("main", "solve", "sweep", "relax")),
    Program("C, static-pie", ["c-static-pie"], exactly("main", "solve", "sweep", "relax")),
    # musl's library has no unwind rules, so no stack is complete that leads to its start code. Here
    # its trampoline is between a handler and what that interrupted.
    Program("C, musl", ["c-musl"], ["main", "solve", ".*", "handle", "relax"],
            is_described=False),
    Program("C, musl, static", ["c-musl-static"], ["main", "solve", ".*", "handle", "relax"],
            is_described=False),
    Program("C++", ["cpp"], [
        *exactly("main",
                 f"double grids::solve<double>(grids::Stencil<double> const&, {VECTOR}, double)",
                 "grids::sweep(std::function<double ()> const&, int)"),
        r"std::_Function_handler<double \(\), grids::solve<double>.*>::_M_invoke\(.*\)",
        *exactly(f"grids::Mean<double>::relax({VECTOR}) const")]),
    Program("Rust, v0 names", ["rust-v0"], exactly(
        "relax::main", "relax::grids::solve", "relax::grids::sweep",
        "<relax::grids::Mean<f32> as relax::grids::Stencil>::relax")),
    Program("Rust, legacy names", ["rust-legacy"], exactly(
        "relax::main", "relax::grids::solve", "relax::grids::sweep",
        "<relax::grids::Mean<Value> as relax::grids::Stencil>::relax")),
    Program("Swift", ["swift"], [
        SWIFT + re.escape("Grids.Solver.solve(_: Grids.Stencil, edge: Swift.Double)"
                          " -> Swift.Double"),
        *exactly("Grids.sweep(rounds: Swift.Int, _: () -> Swift.Double) -> Swift.Double",
                 "closure #1 () -> Swift.Double in Grids.Solver.solve(_: Grids.Stencil,"
                 " edge: Swift.Double) -> Swift.Double",
                 "Grids.Mean.relax(inout Swift.Array<Swift.Double>) -> Swift.Double")]),
    Program("Go", ["go"], [
        r"runtime\.goexit(\.abi0)?", r"main\.main\.func1", r"main\.solve\[go\.shape\.float64.*\]",
        *exactly("main.sweep"), r"main\.solve\[go\.shape\.float64.*\]\.func1",
        *exactly("main.(*Mean).Relax")]),
    # Here Go's own table has the names; it has no types for those of a shape.
    Program("Go, PIE, stripped", ["go-pie-stripped"], exactly(
        "runtime.goexit", "main.main.func1", "main.solve[...]", "main.sweep",
        "main.solve[...].func1", "main.(*Mean).Relax")),
    Program("Java", ["java", "-XX:+PreserveFramePointer", "-XX:CompileCommand=quiet",
                     "-XX:CompileCommand=dontinline,Relax*::*", "-cp", LANGUAGES / "relax-java",
                     "Relax"],
            [*exactly("double Relax.solve(Relax$Stencil, double)",
                      "double Relax.sweep(int, java.util.function.DoubleSupplier)"),
             r"double Relax\$\$Lambda.*\.getAsDouble\(\)",
             *exactly("double Relax.lambda$solve$0(Relax$Stencil, double[])",
                      "double Relax$Mean.relax(double[])")],
            prepare=("jcmd", "{pid}", "Compiler.perfmap")),
    Program("Node", ["node", "--perf-basic-prof", "--interpreted-frames-native-stack",
                      "--no-turbo-inlining",
                     ROOT / "Tests/Targets/Languages/relax.js"],
            [script("solve"), script("sweep"),
             # The engine's own functions have no names in a stripped library. Its compiler takes
             # this one in when `sweep` has run for long enough.
             Maybe(r"Builtins_ArrayReduce|libnode\.so.*"), script(""), script(""), script("relax")]),
]


@contextlib.contextmanager
def running(program, directory):
    """The program, once it says that it computes."""
    first, *rest = program.command
    path = LANGUAGES / first
    process = subprocess.Popen([path if path.exists() else first, *rest], cwd=directory,
                               stdout=subprocess.PIPE, text=True)
    deadline = threading.Timer(READY_SECONDS, process.kill)
    deadline.start()
    try:
        if not any(line.startswith("ready ") for line in process.stdout):
            raise RuntimeError(f"{program.name} did not get ready in {READY_SECONDS} s")
        deadline.cancel()
        yield process
    finally:
        deadline.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def hot_share(program, lines):
    """The percent of the samples that have the chain, and the largest stack that has not."""
    total = sum(count for _, count in lines) or 1
    chain = re.compile("(?:^|\n)" + "".join(
        f"(?:(?:{name})\n){'?' if isinstance(name, Maybe) else ''}" for name in program.chain))
    found, others = 0, []
    for stack, count in lines:
        if chain.search("\n".join(stack) + "\n"):
            found += count
        else:
            others.append((count, stack))
    largest = max(others, default=(0, []))[1]
    return 100 * found / total, ";".join(largest)


def measure(options, program, directory):
    path = directory / "stacks.folded"
    with running(program, directory) as process:
        if program.prepare:
            subprocess.run([word.format(pid=process.pid) for word in program.prepare], check=True,
                           stdout=subprocess.DEVNULL, timeout=60)
        # The promise to targets is another test's matter; here every sample counts.
        done = record(options, "-p", process.pid, "-d", options.seconds, "-r", options.rate,
                      "--budget.target-pause", 100, "-o", path)
        check(done.returncode == 0 and process.poll() is None,
              f"{program.name}: recorded: {done.stderr.strip()}")
    complete, rest = stacks(done)
    share, other = hot_share(program, folded(path))
    completeness = 100 * complete / max(1, complete + rest)
    check(completeness >= COMPLETE_PERCENT or not program.is_described,
          f"{program.name}: {complete} stacks complete, {rest} not")
    check(share >= HOT_PERCENT,
          f"{program.name}: {share:.1f} % in the hot function with its callers"
          + (f"; without: {other}" if share < HOT_PERCENT else ""))
    if options.show:
        for stack, count in folded(path):
            if options.show == "all" or stack[0].startswith("["):
                print(count, ";".join(stack))
    return f"{program.name:20} {complete + rest:8} {completeness:11.1f} {share:9.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ptarmigan", default=str(ROOT / ".build/release/ptarmigan"))
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rate", type=float, default=199)
    parser.add_argument("--only", help="a part of a program's name")
    parser.add_argument("--show", choices=("all", "incomplete"), help="print stacks")
    options = parser.parse_args()
    table = []
    for program in PROGRAM_LIST:
        if options.only and options.only.lower() not in program.name.lower():
            continue
        # A directory for each: runtimes leave their logs where they are started.
        with tempfile.TemporaryDirectory() as directory:
            table.append(measure(options, program, Path(directory)))
    print(f"\n{'program':20} {'samples':>8} {'% complete':>11} {'% in hot':>9}")
    for row in table:
        print(row)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

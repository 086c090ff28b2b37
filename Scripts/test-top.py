#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""`ptarmigan top` as its users meet it: on a terminal with keys, and through a pipe.

Each check names what went wrong; the exit code is 1 if any did.
"""

import argparse
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from recordings import PROGRAMS, ROOT, Started, check, check_refusals, conclude
from terminals import COLOUR, Terminal


def busy_program(threads=1):
    """Computes 60, 30 and 10 % of its time in three functions."""
    return Started("busy", "--threads", str(threads))


def top(options, *arguments, timeout=60):
    """The batch form, through a pipe."""
    return subprocess.run([options.ptarmigan, "top", *map(str, arguments)], text=True,
                          capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL)


def on_terminal(options, *arguments, **settings):
    return Terminal([options.ptarmigan, "top", *map(str, arguments)], **settings)


class Shell:
    """`top` as a job of a shell on a terminal, which writes down how it leaves the terminal."""

    def __init__(self, options, directory, *arguments, again=""):
        self.directory = directory
        command = shlex.join([options.ptarmigan, "top", *map(str, arguments)])
        note = 'echo $? >"{0}/code{1}"; stty -g >"{0}/after{1}"; '
        script = f'stty -g >"{directory}/before"; {command}; ' + note.format(directory, "")
        if again:
            script += f"{again}; " + note.format(directory, "-again")
        self.terminal = Terminal(["bash", "-mc", script])

    def __enter__(self):
        return self.terminal.__enter__()

    def __exit__(self, *problem):
        self.terminal.__exit__(*problem)

    def noted(self, name):
        path = self.directory / name
        return path.read_text().strip() if path.exists() else None


def shares(text):
    """%Own of each function on a screen."""
    rows = re.findall(r"^ *([0-9.]+)% +[0-9.]+% +[0-9.]+ +[0-9.]+  (\S+)", text, re.MULTILINE)
    return {name: float(share) / 100 for share, name in rows}


def sample_count(text):
    found = re.search(r"(\d+) samples", text)
    return int(found[1]) if found else 0


def check_split(options):
    """The split within 3.5 standard errors, on a terminal of the usual size."""
    with busy_program() as busy, on_terminal(options, "-p", busy.pid, "--delay", options.seconds) \
            as terminal:
        seen = terminal.wait_for(lambda text: "hot_sixty" in text)
        check(seen, "the hot function is shown")
        lines, text = terminal.screen.lines, terminal.screen.text()
        terminal.type("q")
        check(terminal.wait_for_end() == 0, "q ends it well")
    count, found = sample_count(text), shares(text)
    check(count > 50, f"{count} samples in {options.seconds:g} s")
    for name, share in (("hot_sixty", 0.6), ("warm_thirty", 0.3), ("cool_ten", 0.1)):
        error = (share * (1 - share) / max(count, 1)) ** 0.5
        own = found.get(name, 0)
        check(abs(own - share) < 3.5 * error,
              f"{name}: {own:.3f} of {count} samples, {(own - share) / error:+.1f} standard errors")
    table = [index for index, line in enumerate(lines) if "*%Own" in line]
    check(table and "hot_sixty" in lines[table[0] + 1], "and it is the first row")
    check(str(busy.pid) in lines[0] and "99.0 Hz" in lines[0], f"the header: {lines[0].strip()}")
    check("pauses p50" in text and "held" in text, "and what it costs the target")
    unsampled = found.get("[unsampled]", 0)
    check(unsampled < 0.02, f"it looks from the beginning: {unsampled:.4f} is unsampled")
    check(lines[-1].startswith("q quit"), "the last line names the keys")
    check(not terminal.screen.overflows,
          f"nothing is beyond 80x24: {terminal.screen.overflows[:3]}")


def check_keys(options):
    with busy_program(threads=2) as busy, \
            on_terminal(options, "-p", busy.pid, "--delay", 0.3) as terminal:
        check(terminal.wait_for(lambda text: "hot_sixty" in text), "functions are shown first")
        for key, word, what in (
                ("t", "TID  Thread", "threads"), ("g", "Group  ", "groups"),
                ("f", "Function (object)", "functions"), ("w", "wall time", "all time"),
                ("w", "CPU time", "CPU time"), ("2", "*%Total", "sorted by total"),
                ("3", "*OwnTime", "by own time"), ("4", "*TotalTime", "by total time"),
                ("1", "*%Own", "by own share"), ("?", "Keys of ptarmigan top", "the help"),
                ("x", "hot_sixty", "and back from it"), (" ", "PAUSED", "a pause")):
            terminal.type(key)
            check(terminal.wait_for(lambda text: word in text), f"{key!r}: {what}")
        held = terminal.screen.text()
        terminal.wait_for(lambda text: text != held, seconds=1.5)
        check(terminal.screen.text() == held, "nothing moves in a pause")
        terminal.type("p")
        check(terminal.wait_for(lambda text: "PAUSED" not in text), "'p': it goes on")
        terminal.type("3")
        terminal.wait_for(lambda text: "*OwnTime" in text)
        before = own_time(terminal.screen.text())
        terminal.type("r")
        check(terminal.wait_for(lambda text: 0 < own_time(text) < before),
              f"'r': times begin anew, after {before} s")
        terminal.type("t")
        check(terminal.wait_for(lambda text: len(re.findall(r"  busy +\w+ \(busy\)", text)) >= 2),
              "both threads are shown with what they are busy with")
        terminal.type("f")
        terminal.resize(80, 10)
        check(terminal.wait_for(lambda text: "*OwnTime" in text), "on a low screen it goes on")
        # What was on its way when the size changed was made for the former size.
        terminal.screen.overflows.clear()
        for key, word, what in (("j", "rows 2-", "down"), ("\x1b[B", "rows 3-", "down"),
                                ("k", "rows 2-", "up"), ("\x1b[A", "\nq quit", "to the top")):
            terminal.type(key)
            check(terminal.wait_for(lambda text: word in text), f"{key!r}: {what}")
        check(not terminal.screen.overflows, "nothing is beyond the screen")


def own_time(text):
    found = re.search(r"% +([0-9.]+) +[0-9.]+  hot_sixty", text)
    return float(found[1]) if found else 0


def check_ends(options, directory):
    """However it ends, the terminal is as it was, and the target runs on."""
    for name, end in (("q", lambda terminal, _: terminal.type("q")),
                      ("Ctrl-C", lambda terminal, _: terminal.type("\x03")),
                      ("SIGTERM", lambda _, process: os.kill(process, signal.SIGTERM))):
        place = directory / name
        place.mkdir()
        with busy_program() as busy:
            shell = Shell(options, place, "-p", busy.pid, "--delay", 0.2)
            with shell as terminal:
                check(terminal.wait_for(lambda text: "hot_sixty" in text), f"{name}: it shows")
                flags = termios.tcgetattr(terminal.descriptor)[3]
                check(not flags & (termios.ICANON | termios.ECHO), "and keys are not echoed")
                end(terminal, child_of(terminal.pid))
                check(terminal.wait_for_end() == 0, f"{name} ends it")
            check(shell.noted("code") == "0", f"{name}: exit code {shell.noted('code')}")
            check(shell.noted("after") == shell.noted("before"),
                  f"{name}: the terminal's settings are as before")
            check(not terminal.screen.is_other and b"\x1b[?25h" in terminal.output,
                  f"{name}: and so are its screen and its cursor")
            check("pauses" in terminal.screen.text(), f"{name}: it says what it came to")
            check(busy.poll() is None and tracer_of(busy.pid) == "0",
                  f"{name}: the target runs on, free")


def child_of(process):
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


def tracer_of(process):
    tracers = {re.search(r"TracerPid:\t(\d+)", path.read_text())[1]
               for path in Path(f"/proc/{process}/task").glob("*/status")}
    return tracers.pop() if len(tracers) == 1 else str(tracers)


def check_suspension(options, directory):
    """Ctrl-Z gives the terminal to the shell, and `fg` takes it again."""
    with busy_program() as busy:
        state = f'cat /proc/{busy.pid}/task/*/stat >"{directory}/stat"; fg'
        shell = Shell(options, directory, "-p", busy.pid, "--delay", 0.2, again=state)
        with shell as terminal:
            terminal.wait_for(lambda text: "hot_sixty" in text)
            terminal.type("\x1a")
            again = terminal.wait_for(lambda text: terminal.screen.is_other
                                      and (directory / "stat").exists() and "hot_sixty" in text)
            check(again, "after Ctrl-Z and fg it shows again")
            terminal.type("q")
            check(terminal.wait_for_end() == 0, "and q ends it")
        check(shell.noted("code") == "148", f"the shell saw it stop: {shell.noted('code')}")
        check(shell.noted("after") == shell.noted("before"), "with the terminal as it was")
        check(shell.noted("code-again") == "0", f"and end well: {shell.noted('code-again')}")
        check(shell.noted("after-again") == shell.noted("before"), "and again as it was")
        states = {line.rsplit(")", 1)[1].split()[0] for line in shell.noted("stat").splitlines()}
        check(states <= {"R", "S"}, f"no thread of the target was held meanwhile: {states}")


def check_sizes(options):
    with busy_program() as busy:
        with on_terminal(options, "-p", busy.pid, "--delay", 0.2) as terminal:
            terminal.wait_for(lambda text: "hot_sixty" in text)
            terminal.resize(40, 10)
            check(terminal.wait_for(lambda text: "TotalTime" not in text and "hot_sixty" in text),
                  "a narrow screen has fewer columns")
            terminal.screen.overflows.clear()
            terminal.wait_for(lambda text: False, seconds=1)
            check(not terminal.screen.overflows, "and nothing is beyond 40x10")
            terminal.resize(120, 40)
            check(terminal.wait_for(lambda text: "TotalTime" in text), "a wide one has all")
            check(len(terminal.screen.lines[-1]) > 60, "down to its last line")
        check(COLOUR.search(terminal.output), "there is colour")
        with on_terminal(options, "-p", busy.pid, "--delay", 0.2, "--periods", 3,
                         environment={"NO_COLOR": "1"}) as terminal:
            check(terminal.wait_for(lambda text: "hot_sixty" in text), "NO_COLOR: it shows")
            check(terminal.wait_for_end() == 0, "it ends after so many periods")
        check(not COLOUR.search(terminal.output), "and there is no colour at all")
        with on_terminal(options, "-p", busy.pid, "--periods", 1,
                         environment={"TERM": "dumb"}) as terminal:
            check(terminal.wait_for_end() == 0, "a dumb terminal gets text")
        check(b"\x1b" not in terminal.output and b"hot_sixty" in terminal.output, "and no more")


def check_batch(options):
    with busy_program() as busy:
        done = top(options, "-p", busy.pid, "--batch", "--periods", 2, "--delay", 2)
        check(done.returncode == 0 and done.stdout.count("ptarmigan top: ") == 2,
              f"two periods as text: {done.returncode}")
        check("hot_sixty (busy)" in done.stdout and "\x1b" not in done.stdout, "without controls")
        check("pauses" in done.stderr and "pauses p50" in done.stdout, "it says what it cost")
        done = top(options, "-p", busy.pid, "--once", "-t")
        check(done.returncode == 0 and re.search(rf"{busy.pid} +\d+  busy ", done.stdout),
              "one period, by thread")
        done = top(options, "-n", "busy", "--once", "--by", "group")
        check(re.search(r"100.00% .* busy ", done.stdout), "one period of a name, by group")
        process = subprocess.Popen([options.ptarmigan, "top", "-p", str(busy.pid), "--batch",
                                    "--delay", "0.1"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        process.stdout.readline()
        process.stdout.close()
        code = process.wait(timeout=20)
        errors = process.stderr.read()
        process.stderr.close()
        check(code == 0 and "can't" not in errors, f"its reader's end is its own: {code}, {errors}")


def check_waits(options):
    with Started("sleepers", "--threads", "20") as sleepers:
        done = top(options, "-p", sleepers.pid, "--once", "--wall")
        first = rows_of(done.stdout)[0]
        check("clock_nanosleep ([kernel])" in first, f"sleepers sleep: {first.strip()}")
        check("sleep_for_ever (sleepers)" in done.stdout, "in the functions that called it")
        done = top(options, "-p", sleepers.pid, "--once")
        check("clock_nanosleep" not in done.stdout, "which is no CPU time")
        with on_terminal(options, "-p", sleepers.pid, "--delay", 0.3) as terminal:
            terminal.wait_for(lambda text: "*%Own" in text)
            terminal.type("w")
            check(terminal.wait_for(lambda text: "clock_nanosleep ([kernel])" in text),
                  "'w' shows waits at any time")
    with Started("waiters") as waiters:
        # Beyond the windows of ten seconds that a recording is worked out by.
        done = top(options, "-p", waiters.pid, "--batch", "--periods", 2, "--delay", 7, "--wall")
    last = done.stdout.split("ptarmigan top: ")[-1]
    waiting = [row for row in rows_of(last) if "[waiting]" in row]
    check(all(float(row.split("%")[0]) < 1 for row in waiting),
          f"no wait loses its stack: {waiting}")
    share = [float(row.split("%")[1]) for row in rows_of(last) if "wait_inner" in row]
    check(share and abs(share[0] - 100 / 3) < 1, f"a third of the time in wait_inner: {share}")


def rows_of(text):
    return [line for line in text.splitlines() if re.match(r" +[0-9.]+%", line)]


def check_targets(options, directory):
    """The target's end ends it, and a command is one's own."""
    busy = subprocess.Popen([PROGRAMS / "busy", "--seconds", "0"], stdout=subprocess.DEVNULL)
    try:
        shell = Shell(options, directory, "-p", busy.pid, "--delay", 0.2)
        with shell as terminal:
            terminal.wait_for(lambda text: "hot_sixty" in text)
            busy.send_signal(signal.SIGTERM)
            busy.wait()
            check(terminal.wait_for_end() == 0, "the end of the target ends it")
        check(f"{busy.pid} has ended" in terminal.screen.text(), "and it says so")
        check(shell.noted("code") == "0" and shell.noted("after") == shell.noted("before"),
              "with the terminal as it was")
    finally:
        if busy.poll() is None:
            busy.kill()
            busy.wait()
    done = top(options, "--batch", "--delay", 0.5, "--", PROGRAMS / "busy", "--seconds", 1.5)
    check(done.returncode == 0 and "hot_sixty" in done.stdout and '"target"' not in done.stdout,
          f"a command is watched, and its output left out: {done.returncode}")
    done = top(options, "--once", "--", "sh", "-c", "exit 3")
    check("ended with status 3" in done.stderr, "its status is told")


def check_all_refusals(options):
    gone = subprocess.Popen(["true"])
    gone.wait()
    check_refusals(lambda *arguments: top(options, *arguments), "top", (
            (["-p", gone.pid], 127, str(gone.pid)), (["-p", 1], 1, "1"), (["-p", "x"], 2, "x"),
            (["-n", "no-such-name"], 127, "no-such-name"), (["--delay", 0], 2, "--delay"),
            (["-p", 1, "-n", "x"], 2, "-p"), (["--by", "line"], 2, "line")))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ptarmigan", default=str(ROOT / ".build/release/ptarmigan"))
    parser.add_argument("--seconds", type=float, default=6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for part in ("ends", "suspension", "targets"):
            (directory / part).mkdir()
        check_split(options)
        check_keys(options)
        check_ends(options, directory / "ends")
        check_suspension(options, directory / "suspension")
        check_sizes(options)
        check_batch(options)
        check_waits(options)
        check_targets(options, directory / "targets")
        check_all_refusals(options)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

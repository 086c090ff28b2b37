# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What tools do to their targets beyond time: failed waits, short transfers, what kills leave."""

import random
import time

import harness
from peers import TOOLS
from shared import PYTHON, SOURCES, Trouble

TRANSFERS = ("zero-read", "getrandom", "pipe-write")
SEED = 2
# Of waits that begin again and again; the longest lasts for 2 s.
WAITS_SECONDS = 4
TRANSFER_SECONDS = 1.5
GRACE_SECONDS = 0.5


class Subject(harness.Target):
    """A target of the safety checks, as tools take it."""

    def __init__(self, *command):
        super().__init__(*command)
        self.tid = max(tid for tid, _, _ in harness.threads(self.pid))


def under(key, command, seconds):
    """What a target says of itself after it has run under a tool from its first moments."""
    with Subject(*command) as target, TOOLS[key](target) as tool:
        tool.start()
        result = target.finish(seconds + 40)
        tool.end()
        return result


def waits(key):
    result = under(key, ["waits", "--seconds", WAITS_SECONDS], WAITS_SECONDS).get("waits")
    if result is None:
        raise Trouble("the waits did not report")
    return {name: result[name] for name in ("calls", "spurious", "wrong", "stuck")}


def transfers(key):
    total = {"calls": 0, "short": 0}
    for loop in TRANSFERS:
        command = ["transfers", "--loop", loop, "--seconds", TRANSFER_SECONDS]
        result = under(key, command, TRANSFER_SECONDS).get("transfers")
        if result is None:
            raise Trouble(f"the transfers ({loop}) did not report")
        total["calls"] += result["calls"]
        # Some fail for having been interrupted before the first byte.
        total["short"] += result["short"] + result["interrupted"] + result["failed"]
    return total


def kill_target(key):
    """Some threads that compute and some that sleep; of Python for what knows only that."""
    if "C" in TOOLS[key].languages:
        return Subject("busy", "--seconds", 0, "--threads", 2, "--sleepers", 2)
    return Subject(PYTHON, SOURCES / "gapmeter.py", "--seconds", 0, "--list", "/dev/null")


def kill_once(tool, source):
    """Kills a tool at a random moment of its work; whether there was anything to kill."""
    with tool:
        tool.start()
        time.sleep(source.random() * 0.3)
        deadline = time.monotonic() + 5
        while tool.victim() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        pid = tool.victim()
        if pid is None:
            return False
        if hasattr(tool, "going_on"):
            # A run of a loop lasts for less than that.
            time.sleep(source.random() * tool.used / max(len(tool.texts), 1))
            tool.going_on.clear()
            pid = tool.victim() or pid
        try:
            harness.os.kill(pid, harness.signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def kills(key, count):
    """How often a target was left stopped or traced, made no progress, or died."""
    source, row = random.Random(f"{SEED} {key}"), {"kills": 0, "left": 0, "died": 0, "how": []}
    target = kill_target(key)
    try:
        for _ in range(count):
            row["kills"] += kill_once(TOOLS[key](target), source)
            _, problems = harness.settled(target.pid, GRACE_SECONDS)
            if target.process.poll() is not None:
                row["died"] += 1
                row["how"].append(f"ended with {target.process.returncode}")
                target = kill_target(key)
                continue
            if not problems and not harness.progresses(target.pid):
                problems = ["it makes no progress"]
            if problems:
                row["left"] += 1
                row["how"].append(problems[0])
                harness.os.kill(target.pid, harness.signal.SIGCONT)
                harness.settled(target.pid, 1)
    finally:
        target.kill()
    row["how"] = sorted(set(row["how"]))[:5]
    return row


def run(options, note):
    """For each tool the parts that it can be judged by."""
    keys = [key for key in options.available if key != "process-exporter"]
    random.Random(SEED).shuffle(keys)
    for key in keys:
        began, row = time.monotonic(), {}
        parts = {"kills": lambda key=key: kills(key, options.kills)}
        if "C" in TOOLS[key].languages:
            parts |= {"waits": lambda key=key: waits(key),
                      "transfers": lambda key=key: transfers(key)}
        if not TOOLS[key].is_killable:
            del parts["kills"]
        for name, part in parts.items():
            try:
                row[name] = part()
            except (Trouble, harness.HarnessError, OSError) as trouble:
                row[name] = {"failure": str(trouble)}
                note(f"{TOOLS[key].title}, {name}: {trouble}")
        print(f"harm, {TOOLS[key].title}: {time.monotonic() - began:.0f} s", flush=True)
        yield key, row

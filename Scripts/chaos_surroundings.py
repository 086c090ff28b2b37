# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Events of the fault campaign around an agent: files, names, disks, clients, another agent's
recording."""

import contextlib
import re
import socket
import urllib.parse
from pathlib import Path

from agents import PROGRAM, Agent, get
from chaos_events import FIND_SECONDS, Ending, Event
from chaos_place import run
from harness import progresses, settled
from hostile_files import PERF_MAPS, WRONG_NAME
from hostile_requests import HEADS, UNFINISHED

# A name that ends a line, an attribute, a tag, a terminal's patience.
EVIL_NAME = "<img src=x onerror=alert(1)>\x1b[2J\n\"'`${x}) S 1"
PAGES = ("/metrics", "/targets", "/flamegraph?seconds=1")
# A line of the text format without control characters.
LINE = re.compile(r"(# (HELP|TYPE) \w+ [\x20-\x7e\x80-\U0010ffff]*"
                  r"|\w+(\{[\x20-\x7e\x80-\U0010ffff]*\})? \S+)")
# Clients of each kind.
ROUNDS = 6
# What the page of a profile alone does not fit in.
DISK_BYTES = 32 << 10


class ProgramReplaced(Event):
    """Another program in the place of a running one; then a directory; then nothing."""

    def happen(self):
        with contextlib.closing(Ending(self.subject.target("busy", named="replaced"))) as target:
            path = self.subject.directory / "replaced"
            self.subject.copy("deep", "other").rename(path)
            self.place.wait(FIND_SECONDS / 2)
            path.unlink()
            path.mkdir()
            self.place.wait(FIND_SECONDS / 2)
            path.rmdir()
            self.check(progresses(target.pid), "it makes no progress")


class PerfMapHostile(Event):
    """A perf map that is a FIFO, a loop, endless, another user's or noise."""

    def happen(self):
        make = self.random.choice(PERF_MAPS)
        with contextlib.closing(Ending(self.subject.target("busy", named="mapped"))) as target:
            path = Path(f"/tmp/perf-{target.pid}.map")
            path.unlink(missing_ok=True)
            try:
                make(path)
                self.place.wait(FIND_SECONDS)
                answer = self.subject.page("/flamegraph?seconds=1&format=folded")
            finally:
                path.unlink()
            self.check(WRONG_NAME not in answer.text, "frames have another user's name")
            self.check(progresses(target.pid), "it makes no progress")


class EvilName(Event):
    """A program whose file, arguments and name hold control characters and HTML."""

    def happen(self):
        with contextlib.closing(Ending(self.subject.target("busy", named=EVIL_NAME))) as target:
            self.place.wait(FIND_SECONDS)
            for path in PAGES:
                answer = self.subject.page(path)
                if "html" in answer.headers["Content-Type"]:
                    self.check("<img src=x" not in answer.text, f"{path} has the name as a tag")
                self.check("\x1b" not in answer.text, f"{path} has the name's control characters")
            wrong = [line for line in get(self.subject.agent.url)[1].splitlines()
                     if not LINE.fullmatch(line)]
            self.check(not wrong, f"lines of metrics: {wrong[:2]}")
            self.check(progresses(target.pid), "it makes no progress")


class DiskFull(Event):
    """`record -o` to a disk that has no room: it says so, and leaves no half a file."""

    def happen(self):
        disk = self.subject.directory / "disk"
        disk.mkdir(exist_ok=True)
        mounted = run(("mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", disk))
        if mounted.returncode != 0:
            self.missing = f"no file system can be mounted: {mounted.stdout.strip()}"
            return
        try:
            (disk / "full").write_bytes(b"x" * (DISK_BYTES - 8192))
            done = run((PROGRAM, "record", "-p", self.subject.victim.pid, "-d", "1", "-o",
                        disk / "profile.html"))
            left = sorted(path.name for path in disk.iterdir())
        finally:
            run(("umount", disk))
        self.check(done.returncode != 0 and "No space left" in done.stdout,
                   f"record ends with {done.returncode}: {done.stdout[-200:]}")
        self.check(left == ["full"], f"it leaves {left}")


class RecordedAsWell(Event):
    """Somebody records a target beside the agent: two tracers, of which one comes first."""

    def happen(self):
        output = self.subject.directory / "profile.folded"
        done = run((PROGRAM, "record", "-p", self.subject.victim.pid, "-d", "1", "-r", "199",
                    "--budget.target-pause", "100", "-o", output))
        self.check(done.returncode == 0 and output.exists(),
                   f"record ends with {done.returncode}: {done.stdout[-200:]}")
        output.unlink(missing_ok=True)


class HostileRequests(Event):
    """Clients that send no end of a request, too long ones, and none."""

    def happen(self):
        url = urllib.parse.urlsplit(self.subject.agent.url)
        with contextlib.ExitStack() as stack:
            clients = []
            for _ in range(ROUNDS):
                for head in (b"", UNFINISHED, *HEADS.values()):
                    clients.append(stack.enter_context(
                        socket.create_connection((url.hostname, url.port), timeout=5)))
                    with contextlib.suppress(OSError):
                        clients[-1].sendall(head)
            self.place.wait(1)
            self.check(not any(map(said_yes, clients)), "a wrong request was answered")
            for path in ("/debug/pprof/profile?seconds=1e9", "/../etc/passwd", "/metrics?pid=1"):
                self.check(self.subject.page(path).status in (400, 404), f"{path} is answered")
        self.agent_runs_on()


def said_yes(client):
    """Whether an answer has come that says 200."""
    client.setblocking(False)
    try:
        return client.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


class TwoAgents(Event):
    """Another agent comes for a while that samples the same programs."""

    def happen(self):
        with Agent("--pid", self.subject.victim.pid, "--rate", "99", "--budget.agent-cpu", "100",
                   "--budget.target-pause", "100", "--admin.socket", "") as agent:
            came = self.place.until(
                lambda: agent.value("ptarmigan_target_pause_seconds_count") > 0, 10)
            self.check(came is not None, "the second agent makes no visit")
        self.check(agent.process.returncode == 0, f"it ends with {agent.process.returncode}")
        _, problems = settled(self.subject.victim.pid, 1)
        self.problems += problems[:1]


EVENTS = (ProgramReplaced, PerfMapHostile, EvilName, DiskFull, RecordedAsWell, HostileRequests,
          TwoAgents)

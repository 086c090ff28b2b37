# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Agents with something wrong, each with the alerts that it has to raise."""

import concurrent.futures
import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

from agents import TARGETS, Agent, Answer, started
from confinement import refusing, user
from holding import Held
from prometheus import free_port

UNBOUND = ("--budget.agent-cpu", "100", "--budget.target-pause", "100")


class Fault:
    """An agent, what is done to it, and what that raises."""

    alerts = ()

    def __init__(self, place, stack):
        self.place, self.stack = place, stack
        self.agent = self.start()

    def start(self):
        """An agent before anything is wrong."""
        return self.run("--pid", self.light())

    def light(self):
        """The number of a program that takes little of what the others need."""
        return self.target("bursts", "--burst-us", "500", "--sleep-us", "10000").pid

    def run(self, *arguments, **options):
        return self.stack.enter_context(Agent(*arguments, **options))

    def target(self, name, *arguments, prefix=(), **options):
        command = (*prefix, TARGETS / name, "--seconds", "0", *arguments)
        return self.stack.enter_context(started(*command, **options))

    @property
    def instance(self):
        return urllib.parse.urlsplit(self.agent.url).netloc

    def begin(self):
        """Makes it wrong, once it has been scraped."""

    def poke(self):
        """Once a second from then on."""

    def page(self, path):
        return self.agent.url.replace("/metrics", path)


class Healthy(Fault):
    """Nothing is wrong."""


class Killed(Fault):
    """Ends without a word."""

    alerts = ("PtarmiganDown",)

    def begin(self):
        self.agent.process.kill()


class Restarted(Fault):
    """Is started again and again, at one address."""

    alerts = ("PtarmiganRestarting",)

    def start(self):
        self.process = self.light()
        self.port = free_port()
        return self.again()

    def again(self):
        return self.run("--pid", self.process, "--web.listen-address", f"127.0.0.1:{self.port}")

    def begin(self):
        self.left, self.due = 6, 0

    def poke(self):
        if self.left and time.monotonic() > self.due:
            self.agent.process.terminate()
            self.agent.process.wait()
            self.agent = self.again()
            self.left, self.due = self.left - 1, time.monotonic() + 3


class Paused(Fault):
    """SIGUSR1, and nobody lets it go on."""

    alerts = ("PtarmiganPaused", "PtarmiganCoverageLow")

    def begin(self):
        self.agent.signal(signal.SIGUSR1)


class Misconfigured(Fault):
    """Both files are spoilt while it runs."""

    alerts = ("PtarmiganConfigReloadFailed", "PtarmiganWebConfigReloadFailed",
              "PtarmiganErrorsLogged")

    def start(self):
        self.file = self.place.directory / "agent.yml"
        self.file.write_text("rate: 19\n")
        self.web_file = self.place.directory / "web.yml"
        self.web_file.write_text("http_server_config: {headers: {X-Frame-Options: deny}}\n")
        return self.run("--config.file", self.file, "--web.config.file", self.web_file,
                        "--pid", self.light())

    def begin(self):
        self.file.write_text("rat: 19\n")
        self.web_file.write_text("http_server: {}\n")
        self.agent.signal(signal.SIGHUP)


class Stalled(Fault):
    """A debugger holds the thread that takes samples."""

    alerts = ("PtarmiganSamplerStalled",)

    def begin(self):
        self.stack.enter_context(Held(tracer_of(self.agent)))


class StoppedCanary(Fault):
    """Somebody stops the process that watches for harm."""

    alerts = ("PtarmiganCanaryStill",)

    def start(self):
        return self.run("--pid", self.light(), canary=True)

    def begin(self):
        children = Path(f"/proc/{self.agent.pid}/task/{self.agent.pid}/children")
        tasks = children.parent.parent.glob("*/children")
        for child in [word for path in tasks for word in path.read_text().split()]:
            os.kill(int(child), signal.SIGSTOP)


class Blind(Fault):
    """Visits whom it should not, and repairs nothing: what tests of safety call a blind agent."""

    alerts = ("PtarmiganCanaryHarmed", "PtarmiganShortTransfers", "PtarmiganSamplesDropped")

    def start(self):
        programs = [self.target("transfers", "--mix", "75"), self.target("waits")]
        pids = [word for process in programs for word in ("--pid", process.pid)]
        return self.run("--rate", "999", *UNBOUND, "--debug-no-look", "--debug-no-repair",
                        "--debug-no-transfer-guard", *pids, canary=True)


class Stuck(Fault):
    """An agent that looks at nobody before its visits meets threads that can't stop (vfork)."""

    alerts = ("PtarmiganTargetStuck",)

    def start(self):
        return self.run("--rate", "99", *UNBOUND, "--debug-no-look",
                        "--pid", self.target("dstate", "--compute-ms", "100",
                                     "--blocked-ms", "6000").pid)


class Refused(Fault):
    """A seccomp filter refuses ptrace."""

    alerts = ("PtarmiganPtraceRefused",)

    def start(self):
        return self.run("--pid", self.light(), preexec_fn=refusing("ptrace"))


class OneCapability(Fault):
    """A user with CAP_SYS_PTRACE alone, and without a right to real-time priority."""

    alerts = ("PtarmiganTierLowered", "PtarmiganTracerWithoutPriority")

    def start(self):
        command = (*user(self.place.own_user, "sys_ptrace"), self.place.program)
        return self.run("--pid", self.light(), command=command, preexec_fn=no_priority)


class Denied(Fault):
    """A user without a capability, among other users' processes."""

    alerts = ("PtarmiganTargetsDenied",)

    def start(self):
        self.light()
        return self.run(command=(*user(self.place.own_user), self.place.program))


class Debugged(Fault):
    """Its only target is another tracer's."""

    alerts = ("PtarmiganAttachDenied",)

    def start(self):
        self.process = self.target("bursts")
        return self.run("--pid", self.process.pid, "--rate", "199", *UNBOUND)

    def begin(self):
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            self.stack.enter_context(Held(int(task), is_running=True))


class Starved(Fault):
    """A CPU budget that is used up by looking alone."""

    alerts = ("PtarmiganOverBudget", "PtarmiganThrottled")

    def start(self):
        return self.run("--pid", self.target("busy", "--threads", "2").pid, "--rate", "999",
                        "--budget.agent-cpu", "0.05")


class ShortOfMemory(Fault):
    """The smallest memory budget, for many threads."""

    alerts = ("PtarmiganMemoryTight", "PtarmiganMemoryOverBudget", "PtarmiganDescriptorsLow")

    def start(self):
        programs = [self.target("sleepers", "--threads", "2500") for _ in range(8)]
        pids = [word for process in programs for word in ("--pid", process.pid)]
        return self.run("--budget.memory", "32", *pids)


class Nameless(Fault):
    """A program without symbols."""

    alerts = ("PtarmiganSymbolsMissing",)

    def start(self):
        program = self.place.directory / "nameless"
        shutil.copy(TARGETS / "busy", program)
        subprocess.run(["strip", "--strip-all", program], check=True)
        process = self.stack.enter_context(started(program, "--seconds", "0", "--threads", "1"))
        return self.run("--pid", process.pid, "--rate", "99", *UNBOUND)


class Deep(Fault):
    """A program whose stacks are longer than what is copied of them."""

    alerts = ("PtarmiganUnwindFailing",)

    def start(self):
        process = self.target("deep", "--frames", "5000", "--frame-bytes", "512")
        return self.run("--pid", process.pid, "--rate", "99", *UNBOUND)


class Crowded(Fault):
    """More programs than there are groups."""

    alerts = ("PtarmiganGroupsOverflowing",)

    def start(self):
        directory = self.place.directory / "crowd"
        directory.mkdir()
        self.programs = [directory / f"program-{number}" for number in range(40)]
        shutil.copy(TARGETS / "bursts", self.programs[0])
        for program in self.programs[1:]:
            os.link(self.programs[0], program)
        self.file = self.place.directory / "crowd.yml"
        names = ", ".join(map(str, self.programs))
        self.file.write_text(f"targets: {{include: [{{exe: [{names}]}}]}}\n")
        return self.run("--config.file", self.file)

    def begin(self):
        for program in self.programs:
            self.stack.enter_context(started(program, "--seconds", "0", "--burst-us", "100",
                                             "--sleep-us", "20000"))


class Flooded(Fault):
    """Wrong names, too many profiles, silent connections, and more scrapes than it takes."""

    alerts = ("PtarmiganRequestsRefused", "PtarmiganProfilesRefused", "PtarmiganConnectionsEvicted",
              "PtarmiganWebOverloaded")

    def start(self):
        return self.run("--pid", self.light(), "--web.max-profiles", "1")

    def begin(self):
        # So many as a client may have that asks more than it should.
        self.pool = self.stack.enter_context(concurrent.futures.ThreadPoolExecutor(64))
        self.asked = []
        address = urllib.parse.urlsplit(self.agent.url)
        for _ in range(320):
            connection = socket.create_connection((address.hostname, address.port))
            self.stack.callback(connection.close)

    def poke(self):
        if not all(one.done() for one in self.asked):
            return
        self.asked = [self.pool.submit(self.ask, self.page("/debug/pprof/profile?seconds=1"))
                      for _ in range(4)]
        self.asked += [self.pool.submit(self.ask, self.agent.url, {"Host": "other.example"})
                       for _ in range(5)]
        self.asked += [self.pool.submit(self.ask, self.agent.url) for _ in range(60)]

    @staticmethod
    def ask(url, headers=None):
        with contextlib.suppress(OSError):
            Answer(url, headers=headers, timeout=5)


class LowPriority(Fault):
    """Its tracer is nice: it waits for a CPU while it holds a target."""

    alerts = ("PtarmiganPauseTooLong",)
    # With a limit above which no target is left alone.
    programs, most_pause = 3, ("--budget.max-pause", "1000")

    def start(self):
        command = (*user(self.place.own_user, "sys_ptrace", "dac_read_search"), self.place.program)
        programs = [self.target("busy", "--threads", "1") for _ in range(self.programs)]
        pids = [word for process in programs for word in ("--pid", process.pid)]
        return self.run("--rate", "199", *UNBOUND, *self.most_pause, *pids, command=command,
                        preexec_fn=no_priority)

    def begin(self):
        os.setpriority(os.PRIO_PROCESS, tracer_of(self.agent), 19)


class Limited(LowPriority):
    """As above, with a small limit for a visit; each target is left alone after some."""

    alerts = ("PtarmiganOverlongPauses",)
    programs, most_pause = 12, ("--budget.max-pause", "1")


def tracer_of(agent):
    """The thread that takes samples."""
    return next(int(task.name) for task in Path(f"/proc/{agent.pid}/task").iterdir()
                if (task / "comm").read_text().strip() == "tracer")


def no_priority():
    resource.setrlimit(resource.RLIMIT_RTPRIO, (0, 0))


# Those that leave a host time for others, and those that do not.
BATCHES = (
    (Healthy, Killed, Restarted, Paused, Misconfigured, Stalled, StoppedCanary, Refused,
     OneCapability, Denied, Debugged, Nameless, Deep, Crowded),
    (Flooded, Starved),
    (LowPriority, Limited),
    (Blind, Stuck, ShortOfMemory),
)

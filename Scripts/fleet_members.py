# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The hosts of the fleet: each has an address, two programs that do little, and an agent."""

import json
import shutil
import signal
import time
from pathlib import Path

from agents import PROGRAM, TARGETS, Agent, Answer, started

PORT = 10187
POKE_SECONDS = 10
# Each takes one or two hundredths of a CPU; there are forty of them.
BURSTS = ("bursts", "--burst-us", "300", "--sleep-us", "20000")
SLEEPERS = ("sleepers", "--threads", "3")
CROWD = ("crowd", "--share", "2")
CALLERS = ("callers", "--mixed", "100", "--naps", "10")
PAIRS = ((BURSTS, SLEEPERS), (CROWD, CALLERS), (BURSTS, CALLERS), (CROWD, SLEEPERS))


class Member:
    """A host where nothing is wrong."""

    # What fires for it, and what may besides.
    alerts, besides = frozenset(), frozenset()

    def __init__(self, host, number, directory, stack):
        self.host, self.stack = host, stack
        self.pair = PAIRS[number % len(PAIRS)]
        self.directory = directory / host.name
        self.directory.mkdir()
        self.processes = self.start_programs()
        self.agent = self.start_agent()

    def start_programs(self):
        return [self.program(TARGETS / name, *arguments) for name, *arguments in self.pair]

    def program(self, path, *arguments):
        return self.stack.enter_context(started(*self.host.prefix, path, "--seconds", "0",
                                                *arguments))

    def start_agent(self):
        pids = [word for process in self.processes for word in ("--pid", process.pid)]
        return self.run(*pids)

    def run(self, *arguments):
        """An agent for these alone: all see the processes of the whole machine."""
        return self.stack.enter_context(Agent(
            "--web.listen-address", self.instance, *arguments, canary=True,
            command=(*self.host.prefix, PROGRAM)))

    @property
    def instance(self):
        return f"{self.host.address}:{PORT}"

    @property
    def groups(self):
        """What its programs are called in metrics."""
        return {name for name, *_ in self.pair}

    def page(self, path):
        return self.agent.url.replace("/metrics", path)

    def begin(self):
        """Makes wrong what is to be wrong, once it has been scraped."""

    def poke(self):
        """Again and again from then on."""


class Killed(Member):
    """Its agent ends without a word, and is started again at the same address."""

    alerts = frozenset({"PtarmiganDown"})

    def begin(self):
        self.agent.process.kill()
        self.agent.process.wait()

    def again(self):
        self.agent = self.start_agent()


class Switched(Member):
    """Its kill switch, a file, is there from the start."""

    alerts = frozenset({"PtarmiganPaused"})

    def start_agent(self):
        switch = self.directory / "pause"
        switch.touch()
        pids = [word for process in self.processes for word in ("--pid", process.pid)]
        return self.run(*pids, "--pause.file", switch)


class Outdated(Member):
    """Its configuration is spoilt, so the agent keeps the old one."""

    alerts = frozenset({"PtarmiganConfigReloadFailed", "PtarmiganErrorsLogged"})

    def start_agent(self):
        self.file = self.directory / "agent.yml"
        self.file.write_text("rate: 19\n")
        pids = [word for process in self.processes for word in ("--pid", process.pid)]
        return self.run("--config.file", self.file, *pids)

    def begin(self):
        self.file.write_text("rat: 19\n")
        self.agent.signal(signal.SIGHUP)


class Vanishing(Member):
    """The first of its programs ends."""

    def begin(self):
        self.processes[0].kill()
        self.processes[0].wait()

    @property
    def vanished(self):
        return self.pair[0][0]


class Versioned(Member):
    """Its programs are two versions of one, told apart by a rule of the configuration."""

    groups = frozenset({"shop-1.4", "shop-1.5"})
    # Alone of all it judges each process of the machine, of which some may be others' tracees.
    besides = frozenset({"PtarmiganTargetsDenied"})

    def start_programs(self):
        return [self.program(self.install(version), *CROWD[1:]) for version in ("1.4", "1.5")]

    def install(self, version):
        path = self.directory / "shop" / version / "crowd"
        path.parent.mkdir(parents=True)
        return shutil.copy(TARGETS / "crowd", path)

    def start_agent(self):
        file = self.directory / "agent.yml"
        names = {"name": "shop-{{.Matches.version}}", "cmdline": r"/shop/(?P<version>[0-9.]+)/"}
        # JSON is YAML as well.
        file.write_text(json.dumps({
            "targets": {"include": [{"cmdline": f"^{self.directory}/"}]},
            "process_names": [names]}))
        return self.run("--config.file", file)


class Busy(Member):
    """All that is off by default is on, and programs do more, so that every panel has something."""

    groups = frozenset({"shop", "waits"})
    # `waits` has transfers that any stop cuts short.
    besides = frozenset({"PtarmiganShortTransfers"})
    poked = 0

    def start_programs(self):
        shop = Path(shutil.copy(TARGETS / "callers", self.directory / "shop"))
        return [self.program(shop, "--mixed", "500", "--naps", "20"),
                self.program(TARGETS / "waits")]

    def start_agent(self):
        pids = [word for process in self.processes for word in ("--pid", process.pid)]
        return self.run(*pids, "--metrics.inclusive", "--syscalls.windows",
                        "--syscalls.duration", "pread64", "--syscalls.duration", "write",
                        "--rate", "49", "--budget.target-pause", "1", "--budget.agent-cpu", "10",
                        "--web.allow-unauthenticated-profiles")

    def poke(self):
        """Asks for profiles, in every range of a rate."""
        if time.monotonic() > self.poked + POKE_SECONDS:
            self.poked = time.monotonic()
            for kind in ("profile", "wall"):
                Answer(self.page(f"/debug/pprof/{kind}?group=shop&seconds=1"))


KINDS = {1: Killed, 2: Switched, 3: Outdated, 4: Vanishing, 5: Versioned, 6: Versioned, 7: Busy}


def fleet(hosts, directory, stack):
    return [KINDS.get(number, Member)(host, number, directory, stack)
            for number, host in enumerate(hosts)]

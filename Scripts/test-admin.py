#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a real agent, as root and as other users, for processes that its rules do not select.

    Scripts/test-admin.py

Runs as root. Expects .build/release/ptarmigan and .build-targets. Everything listens on loopback or
on a UNIX socket. Exits with 0 or 1.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agents import Agent, Answer, status, stop
from confinement import user
from recordings import check, conclude, folded
from situations import BUSY, Place

sys.path.insert(0, str(Path(__file__).resolve().parent / "safety"))

from harness import children, progresses, run_time_ns, settled, voluntary_switches

HERTZ = 19
RAISED_HERTZ = 199
LIMIT = 4
FORMATS = ("html", "svg", "folded", "pb.gz", "json", "txt")
# A host that is busy otherwise leaves targets little time; what the budgets do is another test's.
OPTIONS = ("--rate", HERTZ, "--budget.agent-cpu", 100, "--budget.target-pause", 100)
# Refused, or at least asked: what `record` says then ends with one of these codes.
USAGE, NOT_PERMITTED, NO_SUCH_PROCESS = 2, 126, 127


class Host:
    """One agent that may sample `selected` alone, and what is asked of it."""

    def __init__(self, place, directory):
        self.place = place
        self.socket = directory / "admin.sock"
        self.directory = directory
        self.rules = directory / "agent.yml"
        self.write_rules()

    def write_rules(self):
        # JSON is YAML as well.
        self.rules.write_text(json.dumps({"targets": {
            "include": [{"comm": ["selected", "barred"]}], "exclude": [{"comm": ["barred"]}]}}))

    def agent(self, *arguments, **options):
        return Agent(*OPTIONS, "--admin.socket", self.socket, "--config.file", self.rules,
                     *arguments, command=[self.place.program], **options)

    def command(self, *arguments, number=None):
        prefix = [] if number is None else user(number)
        return [str(word) for word in (*prefix, self.place.program, "record", "--via-agent",
                                       "--admin.socket", self.socket, *arguments)]

    def record(self, *arguments, number=None):
        return subprocess.run(self.command(*arguments, number=number), text=True,
                              capture_output=True, timeout=120, stdin=subprocess.DEVNULL)

    @contextlib.contextmanager
    def asking(self, *arguments):
        """A client that waits for its profile until the block ends."""
        client = subprocess.Popen(self.command(*arguments, "-o", "-"), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
        try:
            yield client
        finally:
            client.kill()
            client.wait()
            client.stderr.close()

    def pid(self, name):
        return self.place.targets[name]

    def waits(self, name):
        """How often the computing thread of a target waited, which it does when it is stopped."""
        thread = max(map(int, os.listdir(f"/proc/{self.pid(name)}/task")))
        return voluntary_switches(self.pid(name), thread)

    def check_let_go(self, what, name, seconds=2):
        """A target is as found, runs on, and is not stopped any more."""
        _, problems = settled(self.pid(name), 2)
        before = self.waits(name)
        time.sleep(seconds)
        check(not problems and self.waits(name) == before and progresses(self.pid(name)),
              f"{what}: {name} is as found, runs on and is visited no more {' '.join(problems)}")


def in_progress(agent):
    return agent.value("ptarmigan_admin_requests_in_progress")


def rate(agent):
    return agent.value("ptarmigan_sampling_frequency_hertz")


def outcomes(agent):
    return {re.search('outcome="([^"]*)"', labels)[1]: value
            for name, labels, value in agent.samples() if name == "ptarmigan_admin_requests_total"}


def check_refused(what, done, code, word):
    lines = done.stderr.strip().splitlines()
    check(done.returncode == code and len(lines) == 1 and word in lines[0] and not done.stdout,
          f"{what}: {done.returncode}, {done.stderr.strip()}")


def test_root(host, agent):
    """A process that no rule selects: root gets its functions, and nobody else hears of it."""
    before, ran = host.waits("own"), run_time_ns(host.pid("own"))
    path = host.directory / "root.folded"
    done = host.record("-p", host.pid("own"), "-d", 10, "--rate", RAISED_HERTZ, "-o", path)
    check(done.returncode == 0, f"root: {done.stderr.strip()}")
    waited, ran = host.waits("own") - before, (run_time_ns(host.pid("own")) - ran) / 1e9
    counts = {name: 0 for name in BUSY}
    for stack, count in folded(path):
        for name in BUSY:
            counts[name] += count if name in stack else 0
    found = sum(counts.values())
    # Twice the usual rate at the least, however little time there was.
    check(found > 2 * HERTZ * ran and counts["hot_sixty"] > found / 3,
          f"root: samples of its functions in {ran:.2f} s: {counts}")
    check(waited > 2 * HERTZ * ran, f"root: it waited {waited} times")
    host.check_let_go("root", "own")
    groups = agent.groups()
    check(set(groups) == {"selected"}, f"root: the metrics know {sorted(groups)}")
    found = {name: Answer(agent.url.replace("/metrics", f"/flamegraph?group={name}")).status
             for name in ("selected", "own")}
    check(found == {"selected": 200, "own": 404}, f"root: the web server's profiles: {found}")


def test_users(host, agent):
    """A user gets their own processes, by number and by name, and nobody else's."""
    number = host.place.own_user
    for words in (("-p", host.pid("own")), ("-n", "own")):
        before = run_time_ns(host.pid("own"))
        done = host.record(*words, "-d", 5, "--rate", RAISED_HERTZ, "-o", "-", "-f", "text",
                           number=number)
        # A host that is busy otherwise may leave it next to nothing to be sampled in.
        idle = run_time_ns(host.pid("own")) - before < 500_000_000
        check(done.returncode == 0 and (idle or "hot_sixty" in done.stdout),
              f"its own user, {words[0]}: {done.stderr.strip()}")
    before = {name: host.waits(name) for name in ("other", "root")}
    for name in before:
        for words, code in ((("-p", host.pid(name)), NOT_PERMITTED),
                            (("-n", name), NO_SUCH_PROCESS)):
            done = host.record(*words, "-d", 1, "-o", "-", number=number)
            check_refused(f"another user, {words[0]} {name}", done, code, "only its own")
    done = host.record("-p", f"{host.pid('own')},{host.pid('other')}", "-d", 1, "-o", "-",
                       number=number)
    check_refused("another user, beside its own", done, NOT_PERMITTED, "only its own")
    check(before == {name: host.waits(name) for name in before}, "another user: none was stopped")
    check(f"uid={number}" in agent.output() and "outcome=not_permitted" in agent.output(),
          "another user: a line in the log")


def test_excluded(host, agent):
    """What is never sampled is not sampled for root either."""
    canaries = children(agent.pid)
    check(canaries, f"excluded: the agent has the children {canaries}")
    cases = [("opted out", host.place.marked, 1, "PTARMIGAN=off"),
             ("the agent", agent.pid, 1, "this very agent"),
             ("its canary", canaries[0], 1, "helper process"), ("the first process", 1, 1, "1"),
             ("by a rule", host.pid("barred"), 1, "a rule of the configuration excludes it"),
             ("no process", 2 ** 22 - 1, NO_SUCH_PROCESS, "no process")]
    for what, pid, code, word in cases:
        check_refused(f"excluded, {what}", host.record("-p", pid, "-d", 1, "-o", "-"), code, word)
    check_refused("excluded, too long", host.record("-n", "own", "-d", 61, "-o", "-"), USAGE,
                  "at most 60 seconds")
    with host.asking("-p", host.pid("own"), "-d", 50):
        agent.wait("a request is in progress", lambda: in_progress(agent) == 1)
        rules = json.loads(host.rules.read_text())
        rules["targets"]["exclude"].append({"comm": ["own"]})
        host.rules.write_text(json.dumps(rules))
        agent.signal(signal.SIGHUP)
        agent.wait("a new rule ends it", lambda: in_progress(agent) == 0)
    host.check_let_go("excluded by a new rule", "own")
    host.write_rules()
    agent.signal(signal.SIGHUP)


def test_options(host):
    """What an agent does not do is refused before it is asked."""
    cases = [(("-p", 1, "--wall"), "--wall"), (("-p", 1, "-s"), "--subprocesses"),
             (("-p", 1, "--visit-kernel"), "--visit-kernel"),
             (("-p", 1, "--budget.target-pause", 5), "--budget.target-pause"),
             (("--", "true"), "leave out --via-agent")]
    for arguments, word in cases:
        check_refused(f"options {' '.join(map(str, arguments))}", host.record(*arguments), USAGE,
                      word)


def test_formats(host):
    for ending in FORMATS:
        path = host.directory / f"profile.{ending}"
        done = host.record("-n", "own", "-d", 1, "--rate", RAISED_HERTZ, "-t", "-o", path)
        size = path.stat().st_size if path.exists() else 0
        check(done.returncode == 0 and size > 100, f"formats: {ending} of {size} bytes")


def test_rate(host, agent):
    """The highest rate in force holds, and falls back as requests end."""
    usual = agent.wait("the usual rate", lambda: rate(agent) == HERTZ)
    check(usual, f"rate: {rate(agent)} before")
    before = host.waits("selected")
    with host.asking("-n", "own", "-d", 50, "--rate", 99):
        agent.wait("rate: raised", lambda: HERTZ < rate(agent) <= 99)
        with host.asking("-n", "selected", "-d", 50, "--rate", 499):
            agent.wait("rate: raised again", lambda: rate(agent) > 99)
        agent.wait("rate: falls back to the other's", lambda: HERTZ < rate(agent) <= 99)
    agent.wait("rate: falls back to the usual one", lambda: rate(agent) == HERTZ)
    check(host.waits("selected") > before, "rate: what the rules select is sampled as well")
    host.check_let_go("rate", "own")
    before = host.waits("selected")
    agent.wait("rate: what the rules select is sampled on", lambda: host.waits("selected") > before)


def test_hang_up(host, agent):
    """A client that goes takes its request with it."""
    cancelled = outcomes(agent)["cancelled"]
    before = host.waits("own")
    with host.asking("-n", "own", "-d", 50, "--rate", RAISED_HERTZ):
        agent.wait("hang-up: the target is visited", lambda: host.waits("own") > before + 10)
    agent.wait("hang-up: the request ends", lambda: in_progress(agent) == 0)
    agent.wait("hang-up: the rate comes back", lambda: rate(agent) == HERTZ)
    host.check_let_go("hang-up", "own")
    check(outcomes(agent)["cancelled"] == cancelled + 1, "hang-up: it is counted")


def test_limit(host, agent):
    with contextlib.ExitStack() as stack:
        for _ in range(LIMIT):
            stack.enter_context(host.asking("-n", "own", "-d", 50))
        agent.wait(f"limit: {LIMIT} are in progress", lambda: in_progress(agent) == LIMIT)
        check_refused("limit: one more", host.record("-n", "own", "-d", 1, "-o", "-"), 1,
                      "in progress")
        check(outcomes(agent)["busy"] == 1, "limit: it is counted")
    agent.wait("limit: all end", lambda: in_progress(agent) == 0)
    host.check_let_go("limit", "own")


def test_web(host, agent):
    """The web server knows nothing of this."""
    before = outcomes(agent)
    query = f"?pid={host.pid('own')}&seconds=1"
    for path, method, expected in (("/record", "POST", 405), ("/record", "GET", 404),
                                   ("/debug/pprof/profile", "GET", 400),
                                   ("/flamegraph", "GET", 400)):
        found = Answer(agent.url.replace("/metrics", path + query), method).status
        check(found == expected, f"web: {method} {path}{query} gets {found}")
    check(outcomes(agent) == before, "web: nothing was asked of the agent")


def test_ended_target(host, agent):
    """A target that ends, ends the request, and what there was is served."""
    with host.place.target("brief"):
        client = subprocess.Popen(host.command("-n", "brief", "-d", 50, "--rate", RAISED_HERTZ,
                                               "-o", "-", "-f", "text"),
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        before = host.waits("brief")
        agent.wait("ended target: it is visited", lambda: host.waits("brief") > before + 50)
    del host.place.targets["brief"]
    output, errors = client.communicate(timeout=60)
    check(client.returncode == 0 and "hot_sixty" in output, f"ended target: {errors.strip()}")


def test_end(host, agent):
    """The agent's end ends a request, and lets its target go."""
    with host.asking("-n", "own", "-d", 50, "--rate", RAISED_HERTZ) as client:
        agent.wait("end: it is in progress", lambda: in_progress(agent) == 1)
        code = stop(agent.process)
        line = client.stderr.read().strip()
        check(code == 0 and client.wait() == 1 and "agent" in line, f"end: {code}, {line}")
    host.check_let_go("end", "own")
    check(not host.socket.exists(), "end: the socket is taken away")


def test_sockets(host):
    """A dead agent's socket is replaced, and a live one's is not."""
    with host.agent() as first:
        done = subprocess.run([host.place.program, "agent", "--web.listen-address", "127.0.0.1:0",
                               "--admin.socket", host.socket], text=True, capture_output=True,
                              timeout=60)
        check_refused("sockets: a live one", done, 1, "another agent listens there")
        done = host.record("-n", "own", "-d", 1, "-o", "-", "-f", "text")
        check(done.returncode == 0, f"sockets: the first still answers: {done.stderr.strip()}")
        first.process.kill()
        first.process.wait()
    check(host.socket.exists(), "sockets: a killed agent leaves its socket")
    check_refused("sockets: nobody", host.record("-n", "own", "-d", 1), 1, "no agent listens")
    with host.agent():
        done = host.record("-n", "own", "-d", 1, "-o", "-", "-f", "text")
        check(done.returncode == 0, f"sockets: its place is taken: {done.stderr.strip()}")
    environment = {"RUNTIME_DIRECTORY": str(host.directory / "run")}
    command = [host.place.program]
    with Agent(*OPTIONS, "--pid", host.pid("selected"), command=command, environment=environment):
        done = subprocess.run([host.place.program, "record", "--via-agent", "-n", "own", "-d", "1",
                               "-o", "-", "-f", "text"], text=True, capture_output=True,
                              timeout=60, env={**os.environ, **environment})
        check(done.returncode == 0, f"sockets: the usual place: {done.stderr.strip()}")
    with Agent(*OPTIONS, "--pid", host.pid("selected"), "--admin.socket", "", command=command,
               environment=environment):
        check(not (host.directory / "run/admin.sock").exists(), "sockets: none where none is asked")


def main():
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        directory = Path(name)
        place = Place(directory)
        for target, number in (("own", place.own_user), ("other", place.other_user),
                               ("root", None), ("selected", None), ("barred", None)):
            stack.enter_context(place.target(target, number))
        stack.enter_context(place.opted_out(place.other_user))
        host = Host(place, directory)
        with host.agent(canary=True) as agent:
            agent.wait("what the rules select", lambda: agent.groups() == {"selected": 1})
            test_root(host, agent)
            test_users(host, agent)
            test_excluded(host, agent)
            test_options(host)
            test_formats(host)
            test_rate(host, agent)
            test_hang_up(host, agent)
            test_limit(host, agent)
            test_web(host, agent)
            test_ended_target(host, agent)
            left = {name: (status(pid) or {}).get("TracerPid") for name, pid in
                    place.targets.items()}
            check(set(left) - {"selected"} == {"own", "other", "root", "barred"}
                  and all(left[name] == "0" for name in left if name != "selected"),
                  f"no tracer is left: {left}")
            test_end(host, agent)
        test_sockets(host)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

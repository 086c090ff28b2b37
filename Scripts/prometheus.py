# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""A real Prometheus that scrapes an agent, and what it has kept, sample by sample."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.parse
from bisect import bisect_left, bisect_right

from agents import Failure, get, stop, wait_for
from recordings import ROOT

TOOLS = ":".join(str(ROOT / f".build-tools/{name}/usr/bin")
                 for name in ("prometheus", "victoria-metrics"))


def tool(name):
    """The path of a program, the one unpacked for this repository first."""
    found = shutil.which(name, path=f"{TOOLS}:{os.environ.get('PATH', os.defpath)}")
    if found is None:
        raise Failure(f"no {name} here: run Scripts/install-dependencies.sh test (or fleet)")
    return found


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Store:
    """A server that runs until the block ends, and is asked with PromQL at `api`."""

    def run(self, *command):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log)

    def __enter__(self):
        try:
            self.wait_until_ready()
        except BaseException as exception:
            self.__exit__(exception)
            raise
        return self

    def __exit__(self, exception, *_):
        stop(self.process)
        if exception:
            print(f"{os.path.basename(self.process.args[0])}:", *self.warnings()[-20:], sep="\n",
                  flush=True)
        self.log.close()

    def warnings(self):
        """What it found fault with."""
        self.log.seek(0)
        return self.log.read().splitlines()

    def ask(self, path, **parameters):
        """What its HTTP API says at a path."""
        return json.loads(get(f"{self.api}/{path}?{urllib.parse.urlencode(parameters)}")[1])["data"]

    def query(self, expression, time=None):
        """Rows of labels and a value, or of labels and (time, value) pairs for a range."""
        data = self.ask("query", query=expression, **({"time": time} if time else {}))
        if data["resultType"] == "matrix":
            return [(row["metric"], [(when, float(value)) for when, value in row["values"]])
                    for row in data["result"]]
        return [(row["metric"], float(row["value"][1])) for row in data["result"]]


class Prometheus(Store):
    """A real server that scrapes an agent, with its files in a directory.

    `job` has further settings of the scrape, by their names: who it says it is, whom it trusts.
    """

    def __init__(self, directory, agent, interval="1s", **job):
        self.agent = agent
        url = urllib.parse.urlsplit(agent.url)
        configuration = directory / "prometheus.yml"
        configuration.write_text(
            f"global: {{scrape_interval: {interval}, scrape_timeout: {interval}}}\n"
            "scrape_configs:\n"
            "  - job_name: ptarmigan\n"
            f"    scheme: {url.scheme}\n"
            # JSON is YAML as well.
            + "".join(f"    {name}: {json.dumps(value)}\n" for name, value in job.items())
            + f"    static_configs: [{{targets: ['{url.netloc}']}}]\n")
        self.start(directory, configuration)

    def start(self, directory, configuration):
        port = free_port()
        self.api = f"http://127.0.0.1:{port}/api/v1"
        self.run(tool("prometheus"), f"--config.file={configuration}",
                 f"--storage.tsdb.path={directory / 'data'}",
                 f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn")

    def wait_until_ready(self):
        wait_for("a scrape", self.has_scraped, [self.process, self.agent.process])

    def has_scraped(self):
        """Whether the agent was scraped, without an error."""
        for target in self.ask("targets", state="active")["activeTargets"]:
            if target["lastError"]:
                raise ValueError(f"Prometheus cannot scrape the agent: {target['lastError']}")
            if target["health"] == "up":
                return True
        return False


class RuledPrometheus(Prometheus):
    """A real server with the configuration and the rules of deploy/prometheus, in a hurry.

    `others` are further agents. `change` gets the text of a file of rules and returns what to use.
    `configuration` is the file's name, `beside` are files of the directory that it names, and
    `more` is put at its end.
    """

    def __init__(self, directory, agent, interval="1s", change=lambda rules: rules, others=(),
                 configuration="prometheus.yml", beside=(), more=""):
        self.agent = agent
        files = directory / "prometheus"
        shutil.copytree(ROOT / "deploy/prometheus", files)
        for name in beside:
            shutil.copy(directory / name, files)
        configuration = files / configuration
        configuration.write_text(re.sub(
            r"((?:scrape|evaluation|refresh)_interval|scrape_timeout): \w+", rf"\1: {interval}",
            configuration.read_text()) + more)
        for path in files.glob("*-rules.yml"):
            path.write_text(change(path.read_text()))
        self.targets = files / "targets/ptarmigan.yml"
        self.targets.write_text(json.dumps([{"targets": [
            urllib.parse.urlsplit(one.url).netloc for one in (agent, *others)]}]))
        self.start(directory, configuration)


class Scrapes:
    """The scrapes of one agent in a time, and which series were in which of them.

    A series that is missing from a scrape that went well was not there: it has vanished, and begins
    at 0 when it is there again. What increase() makes of that is not enough here. It compares the
    samples before and after the gap, it does not know that a series that is new has come from 0,
    and it stretches what it found to the ends of its range.
    """

    def __init__(self, prometheus, window_seconds, end):
        self.prometheus = prometheus
        self.window = f"{int(window_seconds)}s"
        self.end = end
        (_, health), = self.query(f"up[{self.window}]")
        self.times = [when for when, is_up in health if is_up == 1]
        self.missed = len(health) - len(self.times)

    def query(self, expression):
        return self.prometheus.query(expression, self.end)

    def rows(self, family, labels):
        """The samples of the series with these labels."""
        matchers = ",".join(f"{name}={json.dumps(value)}" for name, value in labels.items())
        found = self.query(f"{family}{{{matchers}}}[{self.window}]")
        return found[0][1] if found else []

    def was_away(self, earlier, later):
        """Whether a scrape between two samples of a series went well without it."""
        return bisect_right(self.times, earlier) < bisect_left(self.times, later)

    def growth(self, rows):
        """What a counter has counted, each of its lives from 0 but one that was there before."""
        first_time, first = rows[0]
        grown = first if first_time > self.times[0] else 0
        for (earlier, before), (later, now) in zip(rows, rows[1:]):
            grown += now if self.was_away(earlier, later) else now - before
        return grown

    def growths(self, family):
        """What all series of a family have counted, by their group."""
        grown = {}
        for labels, rows in self.query(f"{family}[{self.window}]"):
            group = labels["group"]
            grown[group] = grown.get(group, 0) + self.growth(rows)
        return grown

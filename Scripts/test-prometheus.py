#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Lets a real Prometheus server scrape a real agent that watches a real program.

    Scripts/test-prometheus.py

Expects .build/release/ptarmigan, .build-targets/busy, and the prometheus and promtool programs that
Scripts/install-dependencies.sh provides. Everything listens on loopback. Exits with 0 or 1.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".build-tools" / "prometheus" / "usr" / "bin"
QUERY = "sum by (group, function) (rate(ptarmigan_function_cpu_seconds_total[1m]))"
HOT_FUNCTION = "hot_sixty"
OPENMETRICS = "application/openmetrics-text"
START_SECONDS = 60
ANSWER_SECONDS = 120
STOP_SECONDS = 10
POLL_SECONDS = 0.25


class Failure(Exception):
    """What did not hold, in one line."""


def tool(name):
    """The path of a program, the one unpacked for this repository first."""
    found = shutil.which(name, path=f"{TOOLS}:{os.environ.get('PATH', os.defpath)}")
    if found is None:
        raise Failure(f"no {name} here: run Scripts/install-dependencies.sh test")
    return found


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(url, accept=None):
    """The content type and the body of an answer."""
    request = urllib.request.Request(url, headers={"Accept": accept} if accept else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers.get("Content-Type", ""), answer.read().decode()


def wait_for(what, seconds, attempt, processes):
    """The first answer of `attempt` that is not None; a process that ends first is a failure."""
    deadline = time.monotonic() + seconds
    last = "no answer yet"
    while time.monotonic() < deadline:
        for name, process in processes.items():
            if process.poll() is not None:
                raise Failure(f"{name} ended with {process.returncode} before {what}")
        try:
            answer = attempt()
            if answer is not None:
                return answer
        except (OSError, ValueError) as error:
            last = str(error)
        time.sleep(POLL_SECONDS)
    raise Failure(f"waited {seconds} s for {what}: {last}")


@contextlib.contextmanager
def running(name, command, directory):
    """A process with its output in a file of the directory, ended on the way out."""
    with open(directory / f"{name}.log", "wb") as log:
        process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        stop(process)


def stop(process):
    """Asks the process to end, insists if it will not, and returns its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode


def write_configuration(path, agent_port):
    path.write_text(
        "global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
        "scrape_configs:\n"
        "  - job_name: ptarmigan\n"
        "    static_configs: [{targets: ['127.0.0.1:%d']}]\n" % agent_port)


def scraped(api):
    """True once the target was scraped without an error, None before the first scrape."""
    _, body = get(f"{api}/targets?state=active")
    for target in json.loads(body)["data"]["activeTargets"]:
        if target["lastError"]:
            raise ValueError(f"Prometheus cannot scrape the agent: {target['lastError']}")
        if target["health"] == "up":
            return True
    return None


def check_text(agent):
    """The text format satisfies Prometheus's own linter."""
    content_type, text = get(f"{agent}/metrics", accept="text/plain; version=0.0.4")
    if not content_type.startswith("text/plain"):
        raise Failure(f"asked for text, the agent answered with '{content_type}'")
    lint = subprocess.run(
        [tool("promtool"), "check", "metrics"], input=text, text=True, capture_output=True)
    if lint.returncode != 0:
        raise Failure(f"promtool check metrics: {lint.stdout}{lint.stderr}")
    print(f"promtool check metrics: {len(text.splitlines())} lines, no findings")


def check_reference(agent):
    """docs/METRICS.md has a row for each family that is served, of its type, and no other row."""
    _, text = get(f"{agent}/metrics", accept="text/plain; version=0.0.4")
    served = set(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    reference = (ROOT / "docs/METRICS.md").read_text()
    rows = re.findall(r"^\| `([a-z_]+)` \| (\w+) \|(.*)$", reference, re.MULTILINE)
    listed = {(name, kind) for name, kind, _ in rows}
    absent = {(name, kind) for name, kind, rest in rows if "absent until" in rest}
    wrong = (served ^ listed) - (absent - served)
    if wrong:
        raise Failure(f"docs/METRICS.md and /metrics differ in {sorted(wrong)}")
    print(f"docs/METRICS.md: {len(listed)} families, as they are served")


def check_openmetrics(agent, api, processes):
    """Prometheus asks for OpenMetrics first, and reads the answer as that.

    Only OpenMetrics names a counter's family without `_total`, so the name under which Prometheus
    files its metadata tells which parser read it.
    """
    content_type, text = get(f"{agent}/metrics", accept=f"{OPENMETRICS}; version=1.0.0")
    if not content_type.startswith(OPENMETRICS) or not text.endswith("# EOF\n"):
        raise Failure(f"no OpenMetrics: '{content_type}', ends with {text[-20:]!r}")

    family = QUERY.split("rate(")[1].split("_total")[0]

    def metadata():
        _, body = get(f"{api}/targets/metadata?metric={family}")
        return json.loads(body)["data"] or None

    found = wait_for(f"metadata of {family}", START_SECONDS, metadata, processes)
    print(f"OpenMetrics: {family} is a {found[0]['type']}, \"{found[0]['help']}\"")


def rates(api):
    """The answer to the query: (CPU seconds per second, group, function), greatest first."""
    _, body = get(f"{api}/query?query={urllib.parse.quote(QUERY)}")
    rows = [
        (float(row["value"][1]), row["metric"].get("group", ""), row["metric"].get("function", ""))
        for row in json.loads(body)["data"]["result"]
    ]
    return sorted(rows, reverse=True)


def check_hot_function(api, processes):
    """The query names the function in which the busy program spends most of its time."""

    def answer():
        rows = rates(api)
        groups = {group for _, group, function in rows if function == HOT_FUNCTION}
        for group in groups:
            first = next(row for row in rows if row[1] == group)
            if first[2] == HOT_FUNCTION and first[0] > 0:
                return [row for row in rows if row[1] == group]
        raise ValueError(f"{HOT_FUNCTION} does not lead its group in {rows[:5]}")

    rows = wait_for(f"{HOT_FUNCTION} to lead", ANSWER_SECONDS, answer, processes)
    print(f"\n{QUERY}\n\n{'CPU s/s':>8}  {'group':<16}  function")
    for rate, group, function in rows:
        print(f"{rate:8.3f}  {group:<16}  {function}")


def check_as_found(busy):
    """The program still runs, and nobody traces it."""
    status = pathlib.Path(f"/proc/{busy.pid}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    if fields["State"][0] not in "RS" or fields["TracerPid"] != "0":
        raise Failure(f"busy was left '{fields['State']}', TracerPid {fields['TracerPid']}")


def run(directory):
    agent_port, server_port = free_port(), free_port()
    agent_url, api = f"http://127.0.0.1:{agent_port}", f"http://127.0.0.1:{server_port}/api/v1"
    write_configuration(directory / "prometheus.yml", agent_port)
    busy_command = [ROOT / ".build-targets" / "busy", "--seconds", 600]
    agent_command = [
        ROOT / ".build" / "release" / "ptarmigan", "agent",
        "--web.listen-address", f"127.0.0.1:{agent_port}"]
    server_command = [
        tool("prometheus"), f"--config.file={directory / 'prometheus.yml'}",
        f"--storage.tsdb.path={directory / 'data'}",
        f"--web.listen-address=127.0.0.1:{server_port}", "--log.level=warn"]

    with running("busy", busy_command, directory) as busy:
        with running("agent", agent_command, directory) as agent:
            processes = {"busy": busy, "agent": agent}
            wait_for("an answer", START_SECONDS, lambda: get(f"{agent_url}/metrics"), processes)
            with running("prometheus", server_command, directory) as server:
                processes["prometheus"] = server
                wait_for("a scrape", START_SECONDS, lambda: scraped(api), processes)
                check_text(agent_url)
                check_openmetrics(agent_url, api, processes)
                check_hot_function(api, processes)
                # Some families begin with the first window of samples, which there has been by now.
                check_reference(agent_url)
            code = stop(agent)
            if code != 0:
                raise Failure(f"the agent ended with {code} on SIGTERM")
        check_as_found(busy)


def main():
    # An interrupt of make ends what was started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="ptarmigan-prometheus-") as name:
        directory = pathlib.Path(name)
        try:
            run(directory)
        except (Failure, OSError) as failure:
            print(f"test-prometheus: {failure}", file=sys.stderr)
            for log in sorted(directory.glob("*.log")):
                tail = log.read_text(errors="replace").splitlines()[-20:]
                print(f"--- {log.name}", *tail, sep="\n", file=sys.stderr)
            return 1
    print("test-prometheus: passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())

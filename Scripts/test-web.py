#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Floods the web server of a real agent, which has to go on sampling and answering.

    Scripts/test-web.py

A socket handed over by systemd, slow clients, ten thousand connections, long headers and addresses, a
thousand scrapes at once, and everything that a request may not ask for. Expects
.build/release/ptarmigan and .build-targets/busy.
All traffic is on loopback, and each flood is bounded in count and time. Exits with 0 or 1.
"""

import concurrent.futures
import contextlib
import re
import resource
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from agents import PROGRAM, TARGETS, Agent, Answer, cpu_seconds, started, status, wait_for
from hostile_requests import HEADS, UNFINISHED
from recordings import check, conclude

CONNECTIONS = 10_000
SLOW_CLIENTS = 400
FLOOD_REQUESTS = 1_000
FLOOD_SECONDS = 12
# A scrape must be answered within Prometheus's usual time.
SCRAPE_SECONDS = 10
CALM_SECONDS = 20
# Percent of all CPUs, four times the default: what visits cost a busy host is another matter. The
# floods take more than that beside them.
AGENT_CPU = "2"
# Of sampling points, which a host that is busy lets pass now and then.
MOST_RATE_CHANGE = 0.1
# Not every sampling point meets the thread on a CPU, and the fewer do the busier the host is.
LEAST_VISITS = 0.5
# The memory budget, and what a heap may hold beside it.
MOST_MIB = 96 + 32


def ask(url, method="GET", headers=None, timeout=SCRAPE_SECONDS):
    """The status and the body of an answer; 0 where the connection broke."""
    try:
        answer = Answer(url, method, headers, timeout)
    except OSError as error:
        return 0, str(error)
    return answer.status, answer.body.decode(errors="replace")


class Server:
    """An agent's address, and what it counts."""

    def __init__(self, agent):
        self.agent = agent
        self.root = agent.url.removesuffix("/metrics")
        parts = urllib.parse.urlsplit(agent.url)
        self.address = (parts.hostname, parts.port)

    def connect(self):
        connection = socket.socket()
        connection.settimeout(SCRAPE_SECONDS)
        connection.connect(self.address)
        return connection

    def points(self):
        """Sampling points that were used."""
        return self.agent.value("ptarmigan_ticks_total")

    def visits(self):
        return self.agent.value("ptarmigan_target_pause_seconds_count")

    def cpu_shares(self):
        """The CPU time of all but sampling, and what of it is not charged to the budget."""
        return (self.agent.value("ptarmigan_agent_cpu_seconds_total", 'part="other"'),
                self.agent.value("ptarmigan_uncharged_cpu_seconds_total"))

    def most_mib(self):
        return int(status(self.agent.pid)["VmHWM"].split()[0]) / 1024


class SamplingRate:
    """Sampling points a second, and visits for each second that a process is on a CPU."""

    def __init__(self, server, pid):
        self.server, self.pid = server, pid
        self.begin = self.now()

    def now(self):
        return (self.server.points(), time.monotonic(), self.server.visits(),
                cpu_seconds(self.pid))

    def end(self):
        points, seconds, visits, cpu = (now - then for now, then in zip(self.now(), self.begin))
        return points / seconds, visits / cpu


@contextlib.contextmanager
def scraped(server, what, interval=1):
    """Scrapes once in so many seconds meanwhile; each one must be answered in time."""
    done, answers = threading.Event(), []

    def scrape():
        while not done.wait(interval):
            began = time.monotonic()
            code, body = ask(server.agent.url)
            answers.append((code, time.monotonic() - began, body[:200]))

    thread = threading.Thread(target=scrape)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    failed = [answer for answer in answers if answer[0] != 200]
    slowest = max((took for _, took, _ in answers), default=0)
    check(answers and not failed,
          f"{what}: {len(answers)} scrapes, the slowest took {slowest:.2f} s, failed: {failed[:3]}")


def slow_clients(server):
    """Requests that come byte by byte."""
    with scraped(server, f"{SLOW_CLIENTS} clients that send a byte at a time"):
        clients = [server.connect() for _ in range(SLOW_CLIENTS)]
        deadline = time.monotonic() + FLOOD_SECONDS
        for client in clients:
            client.sendall(UNFINISHED)
        closed = set()
        while time.monotonic() < deadline and len(closed) < len(clients):
            for client in clients:
                if client in closed:
                    continue
                try:
                    client.sendall(b"a")
                except OSError:
                    closed.add(client)
            time.sleep(0.2)
        for client in clients:
            client.close()
    check(len(closed) == len(clients), f"{len(closed)} of them were hung up on")


def many_connections(server):
    """Connections on which nothing is said."""
    with scraped(server, f"{CONNECTIONS} connections"):
        held = []
        for _ in range(CONNECTIONS):
            try:
                held.append(server.connect())
            except OSError:
                break
        opened = len(held)
        time.sleep(2)
        for connection in held:
            connection.close()
    check(opened == CONNECTIONS, f"{opened} connections were taken")


def raw_status(server, head):
    """The status of an answer to bytes; 0 where the connection was closed."""
    with server.connect() as connection:
        try:
            connection.sendall(head)
            answer = connection.recv(64)
        except OSError:
            return 0
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found[1]) if found else 0


def long_requests(server):
    """Headers and addresses of 64 KiB, and addresses of nothing."""
    with scraped(server, "long requests", 0.1), concurrent.futures.ThreadPoolExecutor(16) as pool:
        for name, head in HEADS.items():
            answers = set(pool.map(lambda _, head=head: raw_status(server, head),
                                   range(FLOOD_REQUESTS)))
            check(200 not in answers, f"{name}: {sorted(answers)}")
        paths = pool.map(lambda index: ask(f"{server.root}/nothing/{index}")[0],
                         range(FLOOD_REQUESTS))
        check(set(paths) == {404}, f"{FLOOD_REQUESTS} addresses of nothing: 404")


def parallel_scrapes(server):
    """More scrapes at once than are answered."""
    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda _: ask(server.agent.url)[0], range(FLOOD_REQUESTS)))
    counts = {code: answers.count(code) for code in set(answers)}
    check(set(counts) <= {200, 503} and counts.get(200, 0) > 0,
          f"{FLOOD_REQUESTS} scrapes, 200 at a time: {counts}")


def refusals(server):
    """What no request may ask for."""
    profile = f"{server.root}/debug/pprof/profile"
    expected = {
        f"{profile}?pid=1": 400, f"{server.root}/metrics?pid=1": 400,
        f"{profile}?seconds=1e9": 400, f"{profile}?seconds=100000": 400,
        f"{profile}?seconds=1&group=nobody": 404,
        f"{profile}?seconds=1&group=a%0d%0ab": 400, f"{profile}?seconds=1&group=a%22b": 400,
        f"{profile}?seconds=1&seconds=2": 400, f"{server.root}/debug/pprof/cmdline": 404,
        f"{server.root}/debug/pprof/heap": 404, f"{server.root}/flamegraph?format=elf": 400,
        f"{server.root}/../etc/passwd": 404,
    }
    for url, code in expected.items():
        answer, body = ask(url)
        check(answer == code, f"{url.removeprefix(server.root)}: {answer} {body.strip()[:80]!r}")
    for header, value, code in (("Host", "evil.example", 403),
                                ("Sec-Fetch-Site", "cross-site", 403)):
        answer = ask(f"{profile}?seconds=1", headers={header: value})[0]
        check(answer == code, f"{header}: {value}: {answer}")
    check(ask(profile, method="POST")[0] == 405, "POST")


def too_many_profiles(server):
    """Four profiles are in progress; the fifth is sent away at once."""
    waiting = [server.connect() for _ in range(4)]
    for connection in waiting:
        connection.sendall(b"GET /debug/pprof/profile?seconds=30 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    wait_for("four profiles in progress",
             lambda: server.agent.value("ptarmigan_profiles_in_progress") == 4,
             [server.agent.process])
    code, body = ask(f"{server.root}/debug/pprof/profile?seconds=1")
    check(code == 503, f"a fifth profile: {code} {body.strip()!r}")
    for connection in waiting:
        connection.close()
    wait_for("hanging up ends the wait",
             lambda: server.agent.value("ptarmigan_profiles_in_progress") == 0,
             [server.agent.process], seconds=10)
    check(True, "hanging up ends the wait")


def passing(given):
    """The beginning of a command that gets a socket as systemd gives it (sd_listen_fds(3))."""
    return "sh", "-c", f'LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$@" 3<&{given.fileno()}'


def on_socket(listener):
    return Agent("--web.systemd-socket", command=(*passing(listener), PROGRAM),
                 pass_fds=[listener.fileno()])


def listening(host, family=socket.AF_INET):
    listener = socket.socket(family)
    listener.bind((host, 0))
    listener.listen(16)
    return listener


def asked(port):
    """A scrape that is under way; the kernel takes it before anybody accepts."""
    connection = socket.create_connection(("127.0.0.1", port), SCRAPE_SECONDS)
    connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    return connection


def answer_of(connection):
    with connection:
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def handed_socket():
    """A socket that outlives agents: nothing that is asked between two of them is lost."""
    with listening("127.0.0.1") as listener:
        port = listener.getsockname()[1]
        for which in ("the first agent", "the next one"):
            waiting = asked(port)
            with on_socket(listener):
                whole = answer_of(waiting)
                check(whole.startswith(b"HTTP/1.1 200") and b"ptarmigan_build_info" in whole,
                      f"a scrape before {which} on a socket of systemd's: {whole[:15]!r}")
    with listening("0.0.0.0") as listener, on_socket(listener):
        port = listener.getsockname()[1]
        codes = [ask(f"http://127.0.0.1:{port}{path}")[0]
                 for path in ("/metrics", "/debug/pprof/profile?seconds=1")]
        check(codes == [200, 403], f"on a socket of every address no profiles: {codes}")
    with socket.socket(type=socket.SOCK_DGRAM) as given:
        for prefix, words in (((), "no socket was passed"),
                              (passing(given), "takes no connections")):
            done = subprocess.run([*prefix, PROGRAM, "agent", "--no-canary", "--web.systemd-socket"],
                                  capture_output=True, text=True, timeout=SCRAPE_SECONDS,
                                  pass_fds=[given.fileno()], check=False)
            check(done.returncode == 1 and words in done.stderr and done.stderr.count("\n") == 1,
                  f"exit {done.returncode}: {done.stderr.strip()}")


def main():
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, CONNECTIONS + 2_000), most))
    handed_socket()
    with started(TARGETS / "busy", "--seconds", "0", "--threads", "1") as busy, \
            Agent("--pid", busy.pid, "--budget.target-pause", "100",
                  "--budget.agent-cpu", AGENT_CPU) as agent:
        # The pause budget is lifted: how long a busy host makes visits is another matter, too.
        server = Server(agent)
        wait_for("a first visit", server.visits, [agent.process])
        refusals(server)
        too_many_profiles(server)
        calm = SamplingRate(server, busy.pid)
        time.sleep(CALM_SECONDS)
        calm_points, calm_visits = calm.end()
        flooded = SamplingRate(server, busy.pid)
        slow_clients(server)
        many_connections(server)
        long_requests(server)
        parallel_scrapes(server)
        points, visits = flooded.end()
        own, uncharged = server.cpu_shares()
        check(abs(points / calm_points - 1) < MOST_RATE_CHANGE,
              f"{points:.1f} sampling points a second while the agent was flooded, "
              f"{calm_points:.1f} before")
        check(visits > LEAST_VISITS * calm_visits,
              f"{visits:.1f} visits in a second of its CPU time, {calm_visits:.1f} before")
        throttled = agent.value("ptarmigan_throttled_seconds_total", 'reason="cpu_budget"')
        check(throttled == 0, f"{throttled:.1f} s below the rate for want of CPU time")
        check(uncharged > 0,
              f"requests took {own:.1f} s of CPU time, {uncharged:.1f} s of it beyond their share")
        check(server.most_mib() < MOST_MIB, f"{server.most_mib():.0f} MiB at most")
        check(agent.process.poll() is None and busy.poll() is None, "both live on")
        state = status(busy.pid)
        check(state["TracerPid"] == "0" and not state["State"].startswith(("T", "t")),
              "the target is as it was")
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Agents that Prometheus learns of from an inventory, and asks by TLS and with a password: what
deploy/prometheus/prometheus-http-sd.yml says. And the services that an agent lists itself."""

import http.server
import json
import threading

from agents import PROGRAM, TARGETS, Agent, started, wait_for
from certificates import Authority
from fleet_members import BURSTS, PORT, Busy
from prometheus import RuledPrometheus
from recordings import check

COUNT = 2
# The url of prometheus-http-sd.yml.
ADDRESS, PATH = ("127.0.0.1", 8080), "/ptarmigan.json"
USER, PASSWORD = "prometheus", "open sesame"
# htpasswd -nBC 10 '' with that password.
HASH = "$2y$10$Kk0mE7Pq3uWzXc5vBn1tLeudsuDSW4NYmjEK/dPqOcAie3Z1HRwFO"


class Inventory:
    """Serves a list of agents, until the block ends."""

    def __init__(self, entries):
        self.entries = entries
        inventory = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == PATH else 404)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(inventory.entries).encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(ADDRESS, Handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def start(host, directory, authority, stack):
    """An agent that asks who is there."""
    name = host.name
    authority.issue(name, f"IP:{host.address}")
    file = directory / f"{name}.yml"
    # JSON is YAML as well.
    file.write_text(json.dumps({
        "tls_server_config": {"cert_file": f"{name}.crt", "key_file": f"{name}.key"},
        "basic_auth_users": {USER: HASH}}))
    program, *arguments = BURSTS
    process = stack.enter_context(started(TARGETS / program, "--seconds", "0", *arguments))
    return stack.enter_context(Agent(
        "--web.listen-address", f"{host.address}:{PORT}", "--web.config.file", file,
        "--pid", process.pid, command=(*host.prefix, PROGRAM)))


def pool(prometheus, name):
    """The targets of a job."""
    return [target for target in prometheus.ask("targets", state="active")["activeTargets"]
            if target["scrapePool"] == name]


def profiles_job(member):
    """A job that finds services as Alloy and Parca do, and does not get to asking them."""
    return ("\n  - job_name: profiles\n    scrape_interval: 1h\n"
            f"    http_sd_configs: [{{url: '{member.page('/sd/profiles')}'}}]\n")


def check_services(prometheus, member):
    found = {(target["discoveredLabels"]["__address__"],
              target["discoveredLabels"]["__param_group"], target["labels"]["service_name"])
             for target in wait_for("services", lambda: pool(prometheus, "profiles"),
                                    [prometheus.process])}
    expected = {(member.instance, group, group) for group in member.groups}
    check(found == expected, f"/sd/profiles: {sorted(group for _, group, _ in found)}, as http_sd")


def watch(directory, hosts, members, stack):
    files = directory / "inventory"
    files.mkdir()
    authority = Authority(files)
    agents = [start(host, files, authority, stack) for host in hosts]
    addresses = [f"{host.address}:{PORT}" for host in hosts]
    entries = [{"targets": [address], "labels": {"site": site}}
               for address, site in zip(addresses, ("north", "south"))]
    busy = next(member for member in members if isinstance(member, Busy))
    (files / "password").write_text(PASSWORD)
    with Inventory(entries) as inventory, RuledPrometheus(
            files, agents[0], "2s", configuration="prometheus-http-sd.yml", beside=(
                "ca.crt", "password"), more=profiles_job(busy)) as prometheus:
        def up():
            rows = prometheus.query('up{job="ptarmigan"} == 1')
            found = {(labels["instance"], labels["site"]) for labels, _ in rows}
            return len(found) == len(inventory.entries) and found

        found = wait_for("agents of the inventory", up, [prometheus.process])
        check(found == set(zip(addresses, ("north", "south"))),
              f"{len(found)} agents of an inventory, by TLS and with a password")
        inventory.entries = entries[:1]
        wait_for("one agent", lambda: len(pool(prometheus, "ptarmigan")) == 1,
                 [prometheus.process])
        check(True, "one that leaves the inventory is not asked any more")
        check_services(prometheus, busy)
        check(not prometheus.warnings(), f"no warnings {prometheus.warnings()[:3]}")

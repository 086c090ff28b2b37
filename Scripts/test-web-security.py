#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a real agent for its metrics over TLS, as users and as others, and changes who they are.

    Scripts/test-web-security.py

Expects .build/release/ptarmigan, curl, openssl, and the prometheus program that
Scripts/install-dependencies.sh provides. Everything listens on loopback. Exits with 0 or 1.
"""

import contextlib
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

from agents import Agent, Failure, PROGRAM, stop, wait_for
from certificates import Authority
from prometheus import Prometheus
from recordings import check, check_refusals, conclude

ANN = ("ann", "open sesame")
BOB = ("bob", "second word")
# htpasswd -nBC 10 ''
HASHES = {"ann": "$2y$10$Kk0mE7Pq3uWzXc5vBn1tLeudsuDSW4NYmjEK/dPqOcAie3Z1HRwFO",
          "bob": "$2b$10$Zt9yH4rVf2sJd6wQg8xCMueC5yhetRHrVUCGIahdERVcjWxC4zYYy"}
HEADER = "max-age=31536000"
CHECKS = "ptarmigan_web_password_checks_total"
FAILURES = "ptarmigan_web_config_reload_failures_total"
REQUIRED = {"client_auth_type": "RequireAndVerifyClientCert", "client_ca_file": "ca.crt"}
CURL_UNTRUSTED = 60
GUESSES = 30


class WebFile:
    """The web configuration, which takes its name when it is whole."""

    def __init__(self, directory):
        self.path = directory / "web.yml"

    def write(self, *, certificate="server", users=("ann",), tls=(), **more):
        # JSON is YAML as well. Paths are relative to the directory of the file.
        value = {
            "tls_server_config": {"cert_file": f"{certificate}.crt",
                                  "key_file": f"{certificate}.key", **dict(tls)},
            "http_server_config": {"http2": True,
                                   "headers": {"Strict-Transport-Security": HEADER}},
            "basic_auth_users": {user: HASHES[user] for user in users}, **more}
        self.replace(json.dumps(value))

    def replace(self, text):
        part = self.path.with_suffix(".part")
        part.write_text(text)
        os.replace(part, self.path)


class Client:
    """Asks one agent, with curl."""

    def __init__(self, agent, directory):
        self.agent = agent
        self.directory = directory

    def command(self, user=None, path="/metrics", authority="ca", certificate=None, url=None):
        command = ["curl", "--silent", "--max-time", "60", "--output", "-",
                   "--write-out", "\n%{http_code}",
                   "--cacert", str(self.directory / f"{authority}.crt")]
        if user:
            command += ["--user", ":".join(user)]
        if certificate:
            command += ["--cert", str(self.directory / f"{certificate}.crt"),
                        "--key", str(self.directory / f"{certificate}.key")]
        return [*command, url or urllib.parse.urljoin(self.agent.url, path)]

    def ask(self, *arguments, **options):
        """curl's exit code, the status and the body."""
        done = subprocess.run(self.command(*arguments, **options), capture_output=True, text=True,
                              check=False)
        body, _, status = done.stdout.rpartition("\n")
        return done.returncode, int(status), body

    def status(self, *arguments, **options):
        """The status; 0 where there is no connection."""
        return self.ask(*arguments, **options)[1]

    def value(self, name, user, **options):
        _, _, body = self.ask(user, **options)
        found = re.search(rf"^{name} (\S+)$", body, re.MULTILINE)
        return float(found[1]) if found else None

    def guess(self, users):
        """The statuses of wrong guesses that come at once, and those of the right one beside them."""
        guesses = [subprocess.Popen(self.command(user), stdout=subprocess.PIPE, text=True)
                   for user in users]
        beside = []
        while any(guess.poll() is None for guess in guesses):
            beside.append(self.status(ANN))
        answers = []
        for guess in guesses:
            answers.append(int(guess.communicate()[0].rpartition("\n")[2]))
        return answers, beside

    def certificate(self):
        """The server's certificate, in PEM."""
        url = urllib.parse.urlsplit(self.agent.url)
        return ssl.get_server_certificate((url.hostname, url.port))

    def serves(self, name):
        return self.certificate().split() == (self.directory / f"{name}.crt").read_text().split()


def check_start(directory):
    """An agent does not begin with a file that is wrong, and says on one line what is."""
    texts = {
        "unknown": ("\nbasic_auth_user: {}\n", "line 2: 'basic_auth_user' is not known"),
        "clear": ("basic_auth_users:\n  ann: sesame\n", "line 2: the password of 'ann' is not"),
        "absent": ("tls_server_config: {cert_file: no.crt, key_file: no.key}\n", "no.crt can't be"),
        "mixed": ("tls_server_config: {cert_file: server.crt, key_file: ca.key}\n",
                  "mixed.yml: the private key is not"),
        "any": ("tls_server_config: {cert_file: server.crt, key_file: server.key, "
                "client_auth_type: RequireAnyClientCert}\n", "RequireAnyClientCert"),
    }
    for name, (text, _) in texts.items():
        (directory / f"{name}.yml").write_text(text)
    cases = [((directory / f"{name}.yml",), 1, word) for name, (_, word) in texts.items()]
    cases.append((("/nonexistent",), 1, "/nonexistent can't be read"))

    def run(path):
        return subprocess.run(
            [PROGRAM, "agent", "--web.listen-address", "127.0.0.1:0", "--no-canary",
             "--web.config.file", path],
            capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)

    check_refusals(run, "agent --web.config.file", cases)


def check_access(client):
    """Who gets in, on every path, and who does not."""
    check(client.status(ANN) == 200, "the right password: 200")
    check(client.status(("ann", "wrong")) == 401, "a wrong password: 401")
    check(client.status(("eve", "wrong")) == 401, "a user that there is not: 401")
    for path in ("/", "/metrics", "/-/healthy", "/-/ready", "/nowhere"):
        check(client.status(path=path) == 401, f"no password, {path}: 401")
    check(client.status(ANN, path="/-/healthy") == 200, "the right password, /-/healthy: 200")
    check(client.ask(ANN, authority="stranger")[0] == CURL_UNTRUSTED,
          "a client that does not know the authority refuses")
    plain = client.agent.url.replace("https:", "http:")
    check(client.status(ANN, url=plain) == 0, "unencrypted there is no answer")
    header = subprocess.run([*client.command(ANN), "--head"], capture_output=True, text=True,
                            check=False).stdout
    check(re.search(f"(?i)^strict-transport-security: {HEADER}", header, re.MULTILINE),
          "the configured header is there")


def check_work(client):
    """A wrong password and a user that there is not cost the same, and nobody is kept out by it."""
    before = client.value(CHECKS, ANN)
    client.status(("ann", "not yet tried"))
    wrong = client.value(CHECKS, ANN)
    client.status(("eve", "not yet tried"))
    unknown = client.value(CHECKS, ANN)
    check((wrong - before, unknown - wrong) == (1, 1),
          f"bcrypt runs for a wrong password {wrong - before:.0f}, "
          f"for an unknown user {unknown - wrong:.0f}")
    for name in ("ann", "eve"):
        before = client.value(CHECKS, ANN)
        answers, beside = client.guess([(name, f"guess {n}") for n in range(GUESSES)])
        ran = client.value(CHECKS, ANN) - before
        counts = {status: answers.count(status) for status in sorted(set(answers))}
        check(set(answers) <= {401, 503} and 401 in answers,
              f"{GUESSES} guesses for {name} at once: {counts}")
        check(ran == answers.count(401), f"bcrypt ran {ran:.0f} times, once for each 401")
        check(beside and set(beside) == {200},
              f"the right password gets 200 meanwhile, {len(beside)} times")


def check_changes(client, file):
    """What the file says is in force from the next request on."""
    check(client.serves("server"), "the certificate is served")
    file.write(certificate="renewed", users=("bob",))
    check(client.status(BOB) == 200 and client.status(ANN) == 401,
          "the file changed: the new user gets 200, the old one 401")
    check(client.serves("renewed"), "the new certificate is served")

    file.replace("basic_auth_users: {ann: ")
    check(client.status(BOB) == 200 and client.status(ANN) == 401 and client.serves("renewed"),
          "a broken file leaves all as it was")
    check(client.value(FAILURES, BOB) == 1, f"{FAILURES} 1")
    check(client.agent.output().count("stays in force") == 1, "the log says so once")
    file.replace("")
    check(client.status() == 401 and client.value(FAILURES, BOB) == 2,
          "an empty file opens nothing")
    file.write()
    check(client.status(ANN) == 200 and client.serves("server"), "a good file is taken again")


def check_clients(client, file):
    """Certificates of clients, which an agent asks for alone, and then users as well."""
    check(client.status() == 0, "a certificate is required: without one there is no answer")
    check(client.status(certificate="stranger") == 0, "with one of nobody's there is none either")
    check(client.status(certificate="scraper") == 200, "with one of the authority: 200")
    file.write(tls=REQUIRED)
    check(client.status(certificate="scraper") == 401, "both required, certificate alone: 401")
    check(client.status(ANN, certificate="scraper") == 200, "both required, both there: 200")
    for name, expected in (("scraper.example", 200), ("other.example", 0)):
        file.write(tls={**REQUIRED, "client_allowed_sans": [name]})
        check(client.status(ANN, certificate="scraper") == expected,
              f"client_allowed_sans {name}: {expected or 'no answer'}")
    file.write(tls=REQUIRED)
    check(client.status(ANN, certificate="scraper") == 200, "both required again: 200")
    file.write(users=(), tls=REQUIRED)
    check(client.status(certificate="scraper") == 401, "users are not given up")


def check_rate(client, file):
    file.write(rate_limit={"interval": "1h", "burst": 3})
    answers = [client.status(ANN) for _ in range(5)]
    check(answers == [200, 200, 200, 429, 429], f"rate_limit of three: {answers}")
    file.write()


def check_prometheus(agent, directory):
    """A real Prometheus scrapes over TLS, as a user."""
    with Prometheus(directory, agent, tls_config={"ca_file": str(directory / "ca.crt")},
                    basic_auth={"username": ANN[0], "password": ANN[1]}) as prometheus:
        rows = wait_for("up", lambda: prometheus.query("up"), [agent.process])
        check([value for _, value in rows] == [1], "a Prometheus with basic_auth: up is 1")


@contextlib.contextmanager
def sleeper():
    """A program for the agent to look at, so that it leaves others alone."""
    process = subprocess.Popen(["sleep", "3600"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def run(directory):
    authority = Authority(directory)
    authority.issue("server", "IP:127.0.0.1,DNS:localhost")
    authority.issue("renewed", "IP:127.0.0.1,DNS:localhost")
    authority.issue("scraper", "DNS:scraper.example")
    Authority(directory, "stranger")
    check_start(directory)
    file = WebFile(directory)
    file.write()
    with sleeper() as target, \
            Agent("--pid", target.pid, "--web.config.file", file.path) as agent:
        client = Client(agent, directory)
        check(agent.url.startswith("https://"), f"the agent says where it serves: {agent.url}")
        check_access(client)
        check_work(client)
        check_prometheus(agent, directory)
        check_changes(client, file)
        check_rate(client, file)
        check(stop(agent.process) == 0, "the agent ends with 0")
        output = agent.output()
        check(output.count("HTTP/1.1 is served") == 1, "the log says that http2 is not followed")
        check(not any(word in output for word in ("sesame", "second word", "guess")),
              "no password is in the log")
        file.write(users=(), tls=REQUIRED)
        with Agent("--pid", target.pid, "--web.config.file", file.path) as verifying:
            check_clients(Client(verifying, directory), file)


def main():
    # An interrupt of make ends what was started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="ptarmigan-web-") as name:
        try:
            run(Path(name))
        except (Failure, OSError, subprocess.SubprocessError) as failure:
            check(False, failure)
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

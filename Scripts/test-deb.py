#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Installs the Debian package on a Debian with systemd, runs it there, and takes it away again.

    Scripts/test-deb.py

The Debian is a container of systemd-nspawn, made by debootstrap and kept in .build-tools. Its systemd
is a real one, so that all of the unit holds: its user, its capabilities, its namespaces, its filter of
system calls. Needs root; expects .build/release/ptarmigan and .build-targets/busy. Exits with 0 or 1.
"""

import contextlib
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agents import SAMPLE, TARGETS, Failure, stop, wait_for
from debians import DISTRIBUTION, archive, must, run
from recordings import ROOT, check, conclude

PACKAGES = "systemd,systemd-sysv,dbus,adduser,procps,curl,man-db"
# What a service may be exposed to, by systemd-analyze's scale of 0 to 10.
MOST_EXPOSURE = 2.5
MOST_EXPOSURE_WITH_SOCKET = 1.8
BOOT_SECONDS = 90
# Not the package's: what dpkg, apt and the boot of the machine write.
NOT_COMPARED = re.compile(r"^/(var/(lib/(dpkg|apt|systemd|dbus|private)|log|cache|tmp)|run|tmp|proc|sys"
                          r"|dev|root|etc/(machine-id|ld\.so\.cache|.*-$|mtab|resolv\.conf))")
CAPABILITIES = (1 << 19) | (1 << 2)  # CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH (linux/capability.h)


def make_root(root):
    """A Debian below a directory."""
    must("tar", "-C", root, "-xf", archive(DISTRIBUTION, PACKAGES))


def in_root(root, *command):
    """Runs a command in the Debian while it is not booted."""
    return must("systemd-nspawn", "-q", "-D", root, "--register=no", "--keep-unit", "--console=pipe",
                *command)


class Machine:
    """The Debian, booted."""

    def __init__(self, root):
        # Its network is its own: nothing of this host is reached.
        self.process = subprocess.Popen(
            ["systemd-nspawn", "-q", "-D", str(root), "--register=no", "--keep-unit",
             "--private-network", "--console=pipe", "-b"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.leader = wait_for("the container's first process", self._find, [self.process])

    def _find(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for child in children.read_text().split():
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return int(child)
        return None

    def run(self, *command):
        return run("nsenter", "-t", self.leader, "-a", *command)

    def text(self, *command):
        return self.run(*command).stdout.strip()

    def start(self, *command):
        """A command that goes on until the machine is stopped."""
        must("nsenter", "-t", self.leader, "-a", "sh", "-c",
             f"setsid {' '.join(command)} >/dev/null 2>&1 </dev/null &")

    def end(self):
        # nspawn asks the first process to halt.
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        stop(self.process)


@contextlib.contextmanager
def booted(root):
    machine = Machine(root)
    try:
        wait_for("the boot", lambda: machine.text("systemctl", "is-system-running") in
                 ("running", "degraded"), [machine.process], BOOT_SECONDS)
        yield machine
    finally:
        machine.end()


def files_of(root):
    """All paths that a package may have left."""
    paths = must("find", root, "-xdev", "-printf", "/%P\n").splitlines()
    return {path for path in paths if not NOT_COMPARED.match(path)}


def metrics(machine):
    return SAMPLE.findall(machine.text("curl", "-s", "http://127.0.0.1:10187/metrics"))


def value(machine, name, labels=""):
    return sum(float(amount) for found, text, amount in metrics(machine)
               if found == name and labels in text)


def test_service(machine):
    wait_for("the service", lambda: machine.text("systemctl", "is-active", "ptarmigan") == "active",
             [machine.process])
    check(machine.text("systemctl", "is-enabled", "ptarmigan") == "enabled", "it starts at boot")
    pid = machine.text("systemctl", "show", "-P", "MainPID", "ptarmigan")
    check(machine.text("ps", "-o", "user=", "-p", pid) == "ptarmi+"
          or machine.text("ps", "-o", "user=", "-p", pid) == "ptarmigan", "its user is its own")
    status = dict(re.findall(r"^(\w+):\s*(.*)$", machine.text("cat", f"/proc/{pid}/status"),
                             re.MULTILINE))
    check(all(int(status[name], 16) == CAPABILITIES for name in ("CapEff", "CapPrm", "CapBnd")),
          f"it has two capabilities: {status['CapEff']}")
    check(status["Seccomp"] == "2" and status["NoNewPrivs"] == "1", "system calls are filtered")


def test_sampling(machine):
    # Another user's program, as a service's would be.
    machine.start("setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups", "/opt/busy",
                  "--seconds", "0", "--threads", "1")
    family = "ptarmigan_function_cpu_seconds_total"
    wait_for("samples of it", lambda: value(machine, family, 'function="hot_sixty"') > 1,
             [machine.process], 90)
    hot = value(machine, family, 'function="hot_sixty"')
    rest = sum(value(machine, family, f'function="{name}"') for name in ("warm_thirty", "cool_ten"))
    check(0.4 < hot / (hot + rest) < 0.8, f"{hot:.1f} s in a function, {rest:.1f} s in two others")
    check(value(machine, "ptarmigan_capability_tier") == 1, "it sees processes in full")
    busy = machine.text("pgrep", "-x", "busy")
    before = value(machine, "ptarmigan_target_pause_seconds_count")
    check(before > 0, f"{before:.0f} visits")
    must("nsenter", "-t", machine.leader, "-a", "systemctl", "reload", "ptarmigan")
    check(machine.text("systemctl", "is-active", "ptarmigan") == "active", "it reads its file again")
    must("nsenter", "-t", machine.leader, "-a", "systemctl", "kill", "-s", "KILL", "ptarmigan")
    wait_for("its restart after SIGKILL", lambda: machine.text(
        "systemctl", "show", "-P", "NRestarts", "ptarmigan") == "1", [machine.process])
    wait_for("an answer", lambda: value(machine, "ptarmigan_target_pause_seconds_count") > 0,
             [machine.process], 90)
    must("nsenter", "-t", machine.leader, "-a", "systemctl", "stop", "ptarmigan")
    state = machine.text("ps", "-o", "stat=", "-p", busy)
    tracer = machine.text("grep", "TracerPid", f"/proc/{busy}/status").split()[-1:]
    check(state[:1] in ("R", "S") and tracer == ["0"], f"its target runs on: {state}")
    errors = machine.text("journalctl", "-u", "ptarmigan", "-p", "err", "-q", "--no-pager")
    check("audit" not in errors and "denied" not in errors, f"no error in its log: {errors[-500:]!r}")


def test_socket(machine):
    """The service on a socket of systemd's, without a network of its own."""
    must("nsenter", "-t", machine.leader, "-a", "sh", "-ec",
         "install -D -m 644 /usr/share/doc/ptarmigan/examples/socket.conf "
         "/etc/systemd/system/ptarmigan.service.d/socket.conf; systemctl daemon-reload; "
         "systemctl enable -q --now ptarmigan.socket")
    check(machine.text("systemctl", "is-active", "ptarmigan") == "inactive",
          "before a request, the socket alone is there")
    family = "ptarmigan_target_pause_seconds_count"
    # The request that starts the service is answered, too.
    check(any(name == family for name, *_ in metrics(machine)), "a request starts the service")
    wait_for("visits", lambda: value(machine, family) > 0, [machine.process], 90)
    pid = machine.text("systemctl", "show", "-P", "MainPID", "ptarmigan")
    names = machine.text("nsenter", "-t", pid, "-n", "cat", "/proc/net/dev").splitlines()[2:]
    check(len(names) == 1 and "lo:" in names[0], f"it has no network of its own: {names}")
    said = machine.text("systemd-analyze", "security", "ptarmigan.service")
    exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said)[1])
    check(exposure <= MOST_EXPOSURE_WITH_SOCKET, f"systemd-analyze security: {exposure}")
    must("nsenter", "-t", machine.leader, "-a", "sh", "-ec",
         "systemctl stop ptarmigan.socket ptarmigan.service; "
         "systemctl disable -q ptarmigan.socket; "
         "rm -r /etc/systemd/system/ptarmigan.service.d; systemctl daemon-reload")


def test_unit(machine):
    unit = "/lib/systemd/system/ptarmigan.service"
    verified = machine.run("systemd-analyze", "verify", unit, unit.replace(".service", ".socket"))
    check(verified.returncode == 0 and not verified.stderr.strip(),
          f"systemd-analyze verify: {verified.stderr.strip()!r}")
    said = machine.text("systemd-analyze", "security", "--offline=true", unit)
    exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said)[1])
    check(exposure <= MOST_EXPOSURE, f"systemd-analyze security: {exposure}")


def test_documents(machine):
    page = machine.run("man", "--warnings", "-E", "UTF-8", "ptarmigan-record")
    check(page.returncode == 0 and "--duration" in page.stdout and not page.stderr.strip(),
          f"man ptarmigan-record: {page.stderr.strip()[:200]!r}")
    words = machine.text("bash", "-c", "source /usr/share/bash-completion/completions/ptarmigan; "
                         "COMP_WORDS=(ptarmigan rec); COMP_CWORD=1; COMP_LINE='ptarmigan rec'; "
                         "COMP_POINT=13; _ptarmigan ptarmigan rec ptarmigan; echo ${COMPREPLY[@]}")
    check("record" in words, f"bash completes 'rec': {words!r}")


def test_package(package):
    done = run("lintian", "--fail-on", "error", "--allow-root", package)
    errors = [line for line in done.stdout.splitlines() if line.startswith("E:")]
    check(done.returncode == 0 and not errors, f"lintian: {errors}")
    again = must(ROOT / "Scripts/build-deb.py", package.parent / "again").strip()
    same = Path(again).read_bytes() == package.read_bytes()
    check(same, "the same program gives the same package")


def main():
    package = Path(must(ROOT / "Scripts/build-deb.py").strip())
    test_package(package)
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory) / "debian"
        root.mkdir()
        make_root(root)
        (root / "opt/busy").write_bytes((TARGETS / "busy").read_bytes())
        (root / "opt/busy").chmod(0o755)
        must("cp", package, root / "opt/ptarmigan.deb")
        before = files_of(root)
        in_root(root, "sh", "-c", "apt-get update -q && apt-get install -q -y "
                "--no-install-recommends /opt/ptarmigan.deb")
        libraries = files_of(root) - before
        check("/usr/bin/ptarmigan" in libraries, "it is installed")
        with booted(root) as machine:
            test_unit(machine)
            test_service(machine)
            test_sampling(machine)
            test_socket(machine)
            test_documents(machine)
            must("nsenter", "-t", machine.leader, "-a", "dpkg", "--purge", "ptarmigan")
            check(machine.run("getent", "passwd", "ptarmigan").returncode != 0, "its user is gone")
        left = {path for path in files_of(root) - before if "ptarmigan" in path}
        check(left == {"/opt/ptarmigan.deb"} & left, f"purged, it leaves nothing: {sorted(left)}")
        users = [name for name in ("passwd", "group", "shadow")
                 if "ptarmigan" in (root / "etc" / name).read_text()]
        check(not users, f"no user either: {users}")
    return conclude()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print(f"FAILED {failure}")
        sys.exit(1)

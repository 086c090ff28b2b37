# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""A network that a test has for itself: a bridge, and namespaces with one address each."""

import os
import subprocess
import sys

# TEST-NET-1 of RFC 5737, which is nobody's. The bridge has the first address.
BRIDGE, FIRST, PREFIX = "192.0.2.1", 11, 24
MARK = "PTARMIGAN_FLEET_NETWORK"


def enter():
    """Goes on in namespaces of its own for the network and for mounts, with an empty /run.

    The script is begun again there. Names of namespaces are files in /run, so none of them is seen
    from outside, and with the last process in there all is gone, however that ends.
    """
    if os.environ.get(MARK) != str(os.getpid()):
        # unshare becomes this script, so the number of the process stays.
        os.execvpe("unshare", ["unshare", "--net", "--mount", "--", sys.executable, *sys.argv],
                   {**os.environ, MARK: str(os.getpid())})
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", "/run"], check=True)


def ip(*lines, namespace=None):
    """Commands of ip(8)."""
    inside = ["-n", namespace] if namespace else []
    subprocess.run(["ip", *inside, "-batch", "-"], input="\n".join(lines), text=True, check=True)


class Host:
    """A namespace with one address."""

    def __init__(self, number):
        self.name = f"ptarmigan-fleet-{number}"
        self.address = f"192.0.2.{FIRST + number}"

    def commands(self):
        """What makes it, said in the bridge's namespace."""
        outer = f"fleet{self.address.rpartition('.')[2]}"
        return [f"netns add {self.name}",
                f"link add {outer} type veth peer name eth0 netns {self.name}",
                f"link set {outer} master bridge up"]

    def open(self):
        ip("link set lo up", f"addr add {self.address}/{PREFIX} dev eth0", "link set eth0 up",
           namespace=self.name)

    @property
    def prefix(self):
        """What starts a command there. Mounts and processes are the test's."""
        return ("nsenter", f"--net=/run/netns/{self.name}", "--")


class Network:
    """A bridge with hosts, until the block ends."""

    def __init__(self, count):
        self.hosts = [Host(number) for number in range(count)]

    def __enter__(self):
        ip("link set lo up", "link add bridge type bridge", "link set bridge up",
           f"addr add {BRIDGE}/{PREFIX} dev bridge",
           *(line for host in self.hosts for line in host.commands()))
        for host in self.hosts:
            host.open()
        return self

    def __exit__(self, *_):
        # A link is gone with the namespace of its other end.
        ip(*(f"netns del {host.name}" for host in self.hosts), "link del bridge")

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""The arrangements of deploy/, made of namespaces: an agent for all pods, and agents beside one.

    Scripts/test-sidecars.py [NAME ...]

Runs as root. Each agent has the user, the capabilities, no_new_privs and the configuration that its
manifest gives it, and the filter of system calls that engines use by default; its target is a
program that only the target's own container has. They run at the same time. Expects
.build/release/ptarmigan and .build-targets. Everything listens on loopback. Exits with 0 or 1.
"""

import argparse
import concurrent.futures
import os
import sys
import tempfile
from pathlib import Path

import seccomp_profile
from agents import Agent, get
from confinement import yama_scope
from pods import (DEFAULT_CAPABILITIES, IMAGE, NO_RUNTIME_DIRECTORY, Host, Pod, container,
                  kubelet_groups, watch)
from recordings import ROOT, check, conclude
from situations import check_doctor, voluntary_switches

NODE = ROOT / "deploy/kubernetes/daemonset/agent.yml"


def test_daemonset(host):
    """In the host's PID namespace, as a user with two capabilities that the program permits."""
    with kubelet_groups(2) as (own, other), Pod() as pod, \
            host.application("daemonset", host.other_user, pod, cgroup=other):
        prefix = container(host.agent_user, "SYS_PTRACE", "DAC_READ_SEARCH", cgroup=own)
        check_doctor("daemonset", host.doctor(prefix=prefix), 1, 0, "ok  stop", "ok  copy",
                     "ok  capabilities: CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH\n")
        if other:
            watch(host, "daemonset", 1, prefix, configuration=NODE)
        else:
            print("not judged by the manifest's rules for pods: no control group can be made here")
            watch(host, "daemonset", 1, prefix, "--pid", host.targets["daemonset"])


def test_sidecar(host):
    """In its application's PID namespace, as another user with CAP_SYS_PTRACE."""
    with Pod() as pod, host.application("sidecar", host.other_user, pod):
        prefix = container(host.own_user, "SYS_PTRACE", pod=pod)
        check_doctor("sidecar", host.doctor(prefix=prefix), 2, 0, "ok  stop", "ok  copy",
                     "no  capabilities: CAP_SYS_PTRACE\n")
        watch(host, "sidecar", 2, prefix, reads_waits=False)


def test_same_user(host):
    """As its application's user, without any capability."""
    if yama_scope() > 0:
        print(f"skipped: the same user: Yama's ptrace_scope is {yama_scope()}")
        return
    with Pod() as pod, host.application("same-user", host.own_user, pod):
        prefix = container(host.own_user, pod=pod)
        check_doctor("same user", host.doctor(prefix=prefix), 1, 0, "ok  stop", "ok  copy",
                     "no  capabilities: none")
        watch(host, "same-user", 1, prefix)


def test_fargate(host):
    """In its task's PID namespace, as root with an engine's default capabilities and SYS_PTRACE."""
    with Pod() as pod, host.application("fargate", host.other_user, pod, new_privileges=True):
        prefix = container(0, *DEFAULT_CAPABILITIES, "SYS_PTRACE", pod=pod, new_privileges=True)
        # CAP_DAC_OVERRIDE opens what CAP_DAC_READ_SEARCH would.
        check_doctor("fargate", host.doctor(prefix=prefix), 1, 0, "ok  stop", "ok  copy",
                     "ok  look")
        watch(host, "fargate", 1, prefix)


def test_without(host):
    """Another user and no capability: it says what is missing, and touches nothing."""
    with Pod() as pod, host.application("without", host.other_user, pod):
        prefix = container(host.own_user, pod=pod)
        number = host.number_inside("without")
        check_doctor("without", host.doctor(prefix=prefix), 1, 0, "no  capabilities: none",
                     "other users' processes can't be sampled")
        done = host.doctor("-p", number, prefix=prefix)
        check(done.returncode == 126 and "grant CAP_SYS_PTRACE" in done.stderr,
              f"without: of its target: {done.stderr.strip()}")
        process = host.targets["without"]
        thread = max(map(int, os.listdir(f"/proc/{process}/task")))
        with Agent("--config.file", IMAGE, command=[*prefix, host.program],
                   environment=NO_RUNTIME_DIRECTORY) as agent:
            agent.wait("without: a denied process",
                       lambda: agent.value("ptarmigan_targets", '"denied"') >= 1)
            table = get(agent.url.replace("/metrics", "/targets?format=json"))[1]
            check('"without"' in table and "CAP_SYS_PTRACE" in table,
                  "without: /targets has the process and what is missing")
            check("without" not in agent.groups(), "without: it has no group")
            before = voluntary_switches(process, thread)
            ticks = agent.value("ptarmigan_ticks_total")
            agent.wait("without: twenty further sampling points", lambda: agent.value(
                "ptarmigan_ticks_total") >= ticks + 20)
            attempts = agent.value("ptarmigan_target_pause_seconds_count")
            waits = voluntary_switches(process, thread) - before
            check(attempts == 0, f"without: {attempts:.0f} visits; its thread waited {waits} times")


def test_first_process(host):
    """Beside an application that is its namespace's process 1, as in a debug container."""
    program = host.program_of("first")
    command = (*container(host.other_user), program, "--seconds", "0", "--threads", "1")
    with Pod(*command) as pod:
        pod.process.stdout.readline()
        prefix = container(host.own_user, "SYS_PTRACE", pod=pod)
        done = host.doctor("-p", 1, prefix=prefix)
        check(done.returncode != 0 and "process 1 is never stopped" in done.stdout + done.stderr,
              f"first process: {done.stderr.strip()}")


TESTS = {name.removeprefix("test_"): function for name, function in list(globals().items())
         if name.startswith("test_")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[[], *TESTS], help="which arrangements")
    names = parser.parse_args().names or list(TESTS)
    if seccomp_profile.path() is None:
        print("without an engine's filter of system calls, which is not here: "
              "run Scripts/install-dependencies.sh test")
    with tempfile.TemporaryDirectory() as directory:
        host = Host(Path(directory))
        with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
            runs = {name: pool.submit(TESTS[name], host.alone()) for name in names}
        for name, run in runs.items():
            check(run.exception() is None, f"{name}: {run.exception() or 'it came to its end'}")
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

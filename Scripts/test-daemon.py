#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""What an operator does to a running agent, and what it counts: rules, reloads, the kill switch,
waits, inclusive samples, budgets.

    Scripts/test-daemon.py

Expects .build/release/ptarmigan and .build-targets. Everything listens on loopback. Exits with 0 or
1.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from agents import PROGRAM, Agent, cpu_seconds, started
from recordings import PROGRAMS as TARGETS, check, conclude


def test_bad_files(directory):
    file = directory / "bad.yml"
    for text, message in (("rate: 19\nbudgets: {}\n", "line 2: 'budgets' is not known"),
                          ("process_names:\n  - cmdline: ['(']\n", "line 2: cmdline: '('")):
        file.write_text(text)
        done = subprocess.run([PROGRAM, "agent", "--config.file", file], capture_output=True,
                              text=True, timeout=30)
        check(done.returncode == 1 and f"{file}: {message}" in done.stderr
              and done.stderr.count("\n") == 1, f"a bad file: {done.stderr.strip()}")


def test_groups(directory):
    """Names by rules, reloads, and a file that goes bad."""
    file = directory / "agent.yml"

    def write(text):
        file.write_text(text)

    rule = "process_names:\n  - name: '{}'\n    comm: busy\n    cmdline: ['--threads (?P<n>\\d)']\n"
    write(rule.format("work-{{.Matches.n}}-{{.Username}}"))
    user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
    busy = [TARGETS / "busy", "--seconds", "0", "--threads", "1"]
    with started(*busy) as target, started(*busy[:-1], "2") as other, \
            Agent("--config.file", file, "--pid", target.pid, "--pid", other.pid) as agent:
        name = f"work-1-{user}"
        agent.wait(f"a group {name}", lambda: name in agent.groups())
        groups = agent.groups()
        check(set(groups) == {name, f"work-2-{user}"}, f"groups are {sorted(groups)}")
        write(rule.format("again") + "targets: {exclude: [{cmdline: 'threads 2'}]}\nrate: 7\n")
        agent.signal(signal.SIGHUP)
        agent.wait("the new group", lambda: set(agent.groups()) == {"again"})
        check(agent.groups() == {"again": 1}, f"after a reload they are {agent.groups()}")
        check(agent.value("ptarmigan_targets", "excluded") == 1, "one is excluded")
        rate = agent.value("ptarmigan_sampling_frequency_hertz")
        check(0 < rate <= 7, f"the rate is the new one or what the budget leaves of it: {rate}")
        write("rat: 19\n")
        agent.signal(signal.SIGHUP)
        state = "ptarmigan_config_last_reload_successful"
        agent.wait("a failed reload", lambda: agent.value(state) == 0)
        since = agent.value("ptarmigan_config_last_reload_success_timestamp_seconds")
        check("line 1: 'rat' is not known" in agent.output(), "a bad file is named in the log")
        time.sleep(2)
        check(agent.groups() == {"again": 1}, "and the former rules stay")
        write("rate: 19\n")
        agent.signal(signal.SIGHUP)
        agent.wait("a reload", lambda: agent.value(state) == 1)
        check(agent.value("ptarmigan_config_last_reload_success_timestamp_seconds") > since,
              "a good one is read")
        agent.wait("the group without rules", lambda: agent.groups() == {"busy": 2})
        check(agent.groups() == {"busy": 2}, "without rules both go by their own name")


def test_children(directory):
    file = directory / "fold.yml"
    file.write_text("targets:\n  fold_children: true\n"
                    "process_names:\n  - {name: family, cmdline: 'exit 7'}\n")
    script = f"{TARGETS}/busy --seconds 0 --threads 1; exit 7"
    with started("sh", "-c", script, start_new_session=True) as parent:
        child = pathlib.Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        with Agent("--config.file", file, "--pid", parent.pid, "--pid", child[0]) as agent:
            agent.wait("a family", lambda: agent.groups().get("family") == 2)
            groups = agent.groups()
            check(groups == {"family": 2}, f"a child goes with its parent: {groups}")
        os.killpg(parent.pid, signal.SIGKILL)


def attempts_in(agent, seconds):
    # A batch takes a second to come, and what was seized before it is in it.
    time.sleep(2)
    before = agent.value("ptarmigan_attach_attempts_total")
    time.sleep(seconds)
    return agent.value("ptarmigan_attach_attempts_total") - before


def test_kill_switch(directory):
    switch = directory / "paused"
    with started(TARGETS / "busy", "--seconds", "0", "--threads", "1") as target, \
            Agent("--rate", "99", "--pid", target.pid, "--pause.file", switch,
                  "--budget.agent-cpu", "100", "--budget.target-pause", "100") as agent:
        check(attempts_in(agent, 2) > 20, "a busy program is visited")
        agent.signal(signal.SIGUSR1)
        made = attempts_in(agent, 3)
        check(made == 0, f"after SIGUSR1 it is not: {made:.0f} visits")
        check(agent.value("ptarmigan_paused") == 1, "and the metric says so")
        withheld = agent.value("ptarmigan_visits_withheld_total", '"paused"')
        check(withheld > 20, f"{withheld:.0f} visits are withheld")
        agent.signal(signal.SIGUSR1)
        check(attempts_in(agent, 2) > 20, "after another it is")
        switch.write_text("")
        made = attempts_in(agent, 3)
        check(made == 0, f"with the file it is not: {made:.0f} visits")
        switch.unlink()
        check(attempts_in(agent, 2) > 20, "without it it is")


def off_cpu(agent, call, function):
    return agent.value("ptarmigan_off_cpu_seconds_total", f'syscall="{call}"',
                       f'function="{function}"')


def test_waits():
    """Eight threads sleep in a function, and one waits for a signal in another: seconds of each."""
    sleep, wait = ("clock_nanosleep", "sleep_for_ever"), ("rt_sigtimedwait", "main")
    with started(TARGETS / "sleepers", "--seconds", "0", "--threads", "8") as target, \
            Agent("--pid", target.pid) as agent:
        agent.wait("waits", lambda: off_cpu(agent, *wait) > 0)
        began, before = time.monotonic(), (off_cpu(agent, *sleep), off_cpu(agent, *wait))
        agent.wait("20 s of a wait", lambda: off_cpu(agent, *wait) > before[1] + 20)
        slept = off_cpu(agent, *sleep) - before[0]
        waited, passed = off_cpu(agent, *wait) - before[1], time.monotonic() - began
        check(abs(slept / waited - 8) < 0.1, f"{slept:.1f} s of sleep beside {waited:.1f} s")
        # Waits are handed on every eight seconds and shown every ten.
        check(abs(waited - passed) < 20, f"in {passed:.1f} s by the clock")
        rest = agent.value("ptarmigan_off_cpu_seconds_total") - sum(
            off_cpu(agent, *one) for one in (sleep, wait))
        check(rest < 0.1, f"and {rest:.2f} s of anything else")
        check(agent.value("ptarmigan_attach_attempts_total") == 0, "and none of them is stopped")


def test_inclusive():
    """A function that only calls others is at the top of no stack, and on all."""
    family = "ptarmigan_function_inclusive_cpu_samples_total"
    with started(TARGETS / "busy", "--seconds", "0", "--threads", "1") as target, \
            Agent("--pid", target.pid, "--metrics.inclusive") as agent:
        caller = 'group="busy",function="compute",object="busy"'
        agent.wait("samples", lambda: agent.value(family, caller) >= 20)
        samples = agent.samples()

        def count(name, labels):
            return sum(value for found, text, value in samples if found == name and labels in text)

        found, own = count(family, caller), count("ptarmigan_function_cpu_samples_total", caller)
        parts = [count(family, f'function="{name}"')
                 for name in ("hot_sixty", "warm_thirty", "cool_ten")]
        # It reads the clock now and then, too.
        check(0.9 * found <= sum(parts) <= found,
              f"{found:.0f} samples below compute, {parts} in what it calls")
        check(own <= 0.1 * found, f"and {own:.0f} at the top")


def test_pause_budget():
    with started(TARGETS / "busy", "--seconds", "0", "--threads", "8") as target, \
            Agent("--rate", "1000", "--pid", target.pid, "--budget.target-pause", "0.1",
                  "--budget.agent-cpu", "100") as agent:
        time.sleep(3)
        before = agent.value("ptarmigan_target_pause_seconds_sum"), cpu_seconds(target.pid)
        time.sleep(10)
        held = agent.value("ptarmigan_target_pause_seconds_sum") - before[0]
        ran = cpu_seconds(target.pid) - before[1]
        rate = agent.value("ptarmigan_sampling_frequency_hertz")
        throttled = agent.value("ptarmigan_throttled_seconds_total", "pause_budget")
        # What was saved in a second may be spent in addition, and a batch comes a second late.
        check(held <= 0.001 * (ran * 1.1 + 2),
              f"held for {held / ran * 100:.3f} % of its CPU time, of 0.1 % allowed")
        check(held > 0.0005 * ran, "and for more than half of that")
        check(rate < 1000 and throttled > 5,
              f"the rate fell to {rate:.0f} Hz; {throttled:.0f} s below what was asked for")


def test_windows(directory):
    """Windows on system calls, of the groups that the file names, within the pause budget."""
    file = directory / "windows.yml"
    file.write_text("syscalls:\n  windows: [callers]\n")
    with started(TARGETS / "callers", "--seconds", "0", "--mixed", "20000") as target, \
            Agent("--config.file", file, "--pid", target.pid, "--budget.target-pause", "1",
                  "--budget.agent-cpu", "100") as agent:
        agent.wait("windows", lambda: agent.value("ptarmigan_syscall_windows_total", "pause_budget")
                   >= 5)
        before = agent.value("ptarmigan_target_pause_seconds_sum"), cpu_seconds(target.pid)
        time.sleep(10)
        held = agent.value("ptarmigan_target_pause_seconds_sum") - before[0]
        ran = cpu_seconds(target.pid) - before[1]
        # As above; and a window may be open when the time begins.
        check(held <= 0.01 * (ran * 1.1 + 2) + 0.02,
              f"with windows held for {held / ran * 100:.3f} % of its CPU time, of 1 % allowed")
        check(agent.value("ptarmigan_attach_failures_total", "already_traced") == 0,
              "no visit meets a thread that a window holds")
        # Names get their series at the end of a period of ten seconds.
        agent.wait("calls by name",
                   lambda: agent.value("ptarmigan_syscalls_total", "getppid") > 50)
        calls = agent.value("ptarmigan_syscalls_total", "getppid")
        seconds = agent.value("ptarmigan_syscall_observed_seconds_total", "callers")
        check(0 < calls < 20_000 * seconds, f"{calls:.0f} getppid in {seconds:.3f} s observed")
        file.write_text("syscalls:\n  windows: [others]\n")
        agent.process.send_signal(signal.SIGHUP)
        time.sleep(3)
        count = agent.value("ptarmigan_syscall_windows_total", "pause_budget")
        time.sleep(3)
        check(agent.value("ptarmigan_syscall_windows_total", "pause_budget") == count,
              "a reload ends the windows")


def test_agent_budget():
    with started(TARGETS / "busy", "--seconds", "0", "--threads", "2") as target, \
            Agent("--rate", "1000", "--pid", target.pid, "--budget.target-pause", "100",
                  "--budget.agent-cpu", "0.5") as agent:
        allowed = agent.wait("a batch",
                             lambda: agent.value("ptarmigan_overhead_budget_ratio"))
        time.sleep(15)
        before = cpu_seconds(agent.process.pid), time.monotonic()
        time.sleep(30)
        passed = time.monotonic() - before[1]
        spent = (cpu_seconds(agent.process.pid) - before[0]) / passed
        told = agent.value("ptarmigan_overhead_ratio")
        rate = agent.value("ptarmigan_sampling_frequency_hertz")
        throttled = agent.value("ptarmigan_throttled_seconds_total", "cpu_budget")
        # It may have saved ten seconds' worth.
        check(spent < allowed * (passed + 10) / passed,
              f"{spent * 100:.2f} % of a CPU used, of {allowed * 100:.2f} % allowed")
        check(spent > 0.5 * allowed, "and more than half of that")
        check(0.7 * spent < told < 1.4 * spent, f"the agent says {told * 100:.2f} %")
        check(rate < 1000 and throttled > 20,
              f"the rate fell to {rate:.0f} Hz; {throttled:.0f} s below what was asked for")


def main():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        test_bad_files(directory)
        test_groups(directory)
        test_children(directory)
        test_kill_switch(directory)
        test_waits()
        test_inclusive()
        test_pause_budget()
        test_windows(directory)
        test_agent_budget()
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

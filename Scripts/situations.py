# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Targets of several users, an agent beside them for a window, and what it says of them."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "safety"))

from agents import PROGRAM, TARGETS, Agent, started
from confinement import free_users, user
from harness import progresses, run_time_ns, settled, voluntary_switches
from recordings import check

# Often enough that a window has hundreds of samples; the budgets are other tests' concern.
RATE = 199
# Targets keep every CPU busy, and most agents here may not run in SCHED_FIFO: they would wait long.
POLITE = ("nice", "-n", "10")
# So many find each function of `busy`.
ENOUGH_SAMPLES = 150
BUSY = ("hot_sixty", "warm_thirty", "cool_ten")
# A host that is busy otherwise leaves the targets little time to be sampled in.
WAIT_SECONDS = 240
OPTIONS = ("--rate", RATE, "--budget.agent-cpu", "100", "--budget.target-pause", "100")


class Place:
    """Copies of the programs that any user may run, and the targets that run for the whole test."""

    def __init__(self, directory):
        directory.chmod(0o755)
        self.directory = directory
        self.program = directory / "ptarmigan"
        shutil.copy(PROGRAM, self.program)
        self.program.chmod(0o755)
        self.own_user, self.other_user = free_users(2)
        self.targets = {}

    @contextlib.contextmanager
    def target(self, name, number=None):
        """A busy program that goes by its own name, and so is a group of its own."""
        program = self.directory / name
        shutil.copy(TARGETS / "busy", program)
        program.chmod(0o755)
        prefix = [] if number is None else user(number)
        command = (*POLITE, *prefix, program, "--seconds", "0", "--threads", "1")
        with started(*command) as process:
            self.targets[name] = process.pid
            yield process

    @contextlib.contextmanager
    def opted_out(self, number):
        """A process with PTARMIGAN=off in its environment."""
        program = self.directory / "marked"
        shutil.copy(TARGETS / "sleepers", program)
        program.chmod(0o755)
        with started(*user(number), program, "--seconds", "0", "--threads", "1",
                     env=dict(os.environ, PTARMIGAN="off")) as process:
            self.marked = process.pid
            yield process

    def doctor(self, *arguments, prefix=(), program=None, **options):
        return subprocess.run([*prefix, program or self.program, "doctor", *map(str, arguments)],
                              capture_output=True, text=True, timeout=60, **options)


def total(samples, name, *labels):
    return sum(value for found, text, value in samples
               if found == name and all(label in text for label in labels))


def once_grown(agent, groups, former, name, least, *labels):
    """The agent's metrics, once this one has grown so much for all these groups; else None."""
    samples = agent.samples()
    grown = [total(samples, name, f'group="{group}"', *labels)
             - total(former, name, f'group="{group}"', *labels) for group in groups]
    return samples if min(grown) > least else None


class Seen:
    """What the agent served and /proc says, with the tests that most situations share."""

    def __init__(self, situation, former, samples, ran, waited):
        self.situation = situation
        # Of a group's first window no function has a series of its own yet.
        self.former = former
        self.samples = samples
        # CPU seconds of each target, and how often its thread gave up its CPU.
        self.ran = ran
        self.waited = waited

    def value(self, name, *labels):
        return total(self.samples, name, *labels)

    def of(self, group, name, *labels):
        return self.value(f"ptarmigan_{name}", f'group="{group}"', *labels)

    def growth(self, group, name, *labels):
        before = total(self.former, f"ptarmigan_{name}", f'group="{group}"', *labels)
        return self.of(group, name, *labels) - before

    def functions(self, group):
        """CPU seconds by function, of the latest window."""
        names = {re.search('function="([^"]*)"', labels)[1] for _, labels, _ in self.samples
                 if f'group="{group}",function="' in labels}
        return {name: self.growth(group, "function_cpu_seconds_total", f'function="{name}"')
                for name in names}

    def groups(self):
        """Groups with a process."""
        return {re.search('group="([^"]*)"', labels)[1] for name, labels, value in self.samples
                if name == "ptarmigan_group_processes" and value > 0}

    def check(self, holds, what):
        check(holds, f"{self.situation}: {what}")

    def check_tier(self, tier):
        found = self.value("ptarmigan_capability_tier")
        self.check(found == tier, f"the metric says tier {found:.0f}")

    def check_clock(self, group):
        """CPU seconds are the kernel's: never more than the target ran, and most of that."""
        ran = self.ran[group]
        seconds = self.of(group, "group_cpu_seconds_total")
        self.check(0.4 * ran < seconds <= ran,
                   f"{seconds:.3f} s of CPU time of {group}, which ran {ran:.3f} s")
        # A thread's clock is read after its process's, and may be one of ticks.
        shared = self.of(group, "function_cpu_seconds_total")
        self.check(abs(shared - seconds) < 0.05, f"its functions have {shared:.3f} s")

    def check_named(self, group):
        """The functions of `busy` have its time; how well it is split is no matter of tiers."""
        functions = self.functions(group)
        shares = {name: functions.get(name, 0) / sum(functions.values()) for name in BUSY}
        text = ", ".join(f"{name} {share:.2f}" for name, share in shares.items())
        self.check(sum(shares.values()) > 0.8 and shares["hot_sixty"] > 0.2,
                   f"functions of {group}: {text}")

    def check_unsampled(self, group):
        functions = {name: value for name, value in self.functions(group).items() if value > 0}
        self.check(set(functions) == {"[unsampled]"}, f"all its time is {' '.join(functions)}")

    def check_waits(self, group, are_read):
        """Whether the call is known that the first thread of `busy` waits in."""
        calls = self.growth(group, "syscall_samples_total", 'syscall="rt_sigtimedwait"')
        off = self.growth(group, "group_samples_total", 'state="off_cpu"')
        self.check((calls > 0) == are_read and off > 0,
                   f"{off:.0f} looks at waiting threads of {group}, {calls:.0f} with their call")

    def check_stopped(self, group, is_stopped):
        """By the kernel's count of waits: `busy` computes, and a stop is a wait."""
        rate = self.waited[group] / self.ran[group]
        self.check((rate > RATE / 8) == is_stopped,
                   f"{group} waited {rate:.1f} times in a second of its CPU time")

    def check_refusals(self, **expected):
        """No attempt was refused but for the given reasons: visits beside tests may find an end."""
        reasons = ("permission", "yama", "already_traced", "other")
        found = {reason: self.value("ptarmigan_attach_failures_total", f'"{reason}"')
                 for reason in reasons}
        found = {reason: count for reason, count in found.items() if count}
        self.check(found == expected, f"attempts that were refused: {found}")

    def check_no_attempts(self):
        attempts = self.value("ptarmigan_attach_attempts_total")
        self.check(attempts == 0, f"{attempts:.0f} attempts to attach")
        held = self.value("ptarmigan_visits_withheld_total", '"not_permitted"')
        self.check(held > 50, f"{held:.0f} visits withheld as not permitted")


def reading(place):
    """CPU nanoseconds and waits of each target's computing thread."""
    threads = {name: max(map(int, os.listdir(f"/proc/{pid}/task")))
               for name, pid in place.targets.items()}
    return {name: (run_time_ns(pid), voluntary_switches(pid, threads[name]))
            for name, pid in place.targets.items()}


@contextlib.contextmanager
def agent_seen(place, situation, groups, *arguments, prefix=(), program=None, samples=True,
               **options):
    """An agent until it has served samples of these groups, or else their CPU time; and its end."""
    clock = ("ptarmigan_group_cpu_seconds_total", 0)
    grows = ("ptarmigan_group_samples_total", ENOUGH_SAMPLES, 'state="on_cpu"')
    before = reading(place)
    command = [*prefix, program or place.program]
    with Agent(*OPTIONS, *arguments, command=command, **options) as agent:
        former = agent.wait("a window", lambda: once_grown(agent, groups, [], *clock))
        served = agent.wait(
            f"{situation}: {'samples of' if samples else 'CPU time of'} {', '.join(groups)}",
            lambda: once_grown(agent, groups, former or [], *(grows if samples else clock)),
            WAIT_SECONDS)
        after = reading(place)
        seen = Seen(situation, former or [], served or agent.samples(),
                    {name: (after[name][0] - before[name][0]) / 1e9 for name in after},
                    {name: after[name][1] - before[name][1] for name in after})
        yield seen
    seen.check(agent.process.returncode == 0, f"it ends with {agent.process.returncode}")
    left = [problem for pid in place.targets.values() for problem in settled(pid, 1)[1]]
    seen.check(not left, f"targets are as found {' '.join(left)}")
    hung = [name for name, pid in place.targets.items() if not progresses(pid)]
    seen.check(not hung, f"and run on {' '.join(hung)}")


def check_doctor(situation, done, tier, code, *lines):
    text = done.stdout + done.stderr
    check(f"\ntier {tier}: " in text and done.returncode == code,
          f"{situation}: doctor ends with {done.returncode} and {text.strip().splitlines()[-1]}")
    for line in lines:
        check(line in text, f"{situation}: doctor says {line.strip()}")


def check_no_harm(process):
    """Ends `waits` and reads its own counts: no wait failed, and none ended too early."""
    process.terminate()
    output, _ = process.communicate(timeout=60)
    waits = json.loads(output.splitlines()[-1])["waits"]
    calls = sum(wait["calls"] for wait in waits)
    faults = {f"{wait['name']} {kind}": wait[kind] for wait in waits
              for kind in ("spurious", "wrong", "early", "stuck") if wait[kind]}
    check(calls > 1000 and not faults, f"{calls} waits beside it, of which failed: {faults}")

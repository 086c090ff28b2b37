# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""An agent in a soak: its targets, what an operator does to both, and whether anything grows."""

import os
import resource
import signal
import statistics
import subprocess
import time

from agents import (OPENMETRICS, PROGRAM, SAMPLE, WAIT_SECONDS, Agent, Failure, counters, get,
                    status, stop)
from churn import STUCK_SECONDS, Churn, stays_held
from recordings import check

# Caches fill at first: symbols of each program, files of /proc, the heap itself.
WARM_UP_PART = 0.25
# Of an agent at 99 Hz they were still filling in the third minute: it had 33,448, 34,004 and
# 35,024 KiB after one, two and three.
LEAST_WARM_UP_SECONDS = 180
# Targets live for a few seconds, and what is held for them goes with them: of each ten seconds the
# least is what stays.
FLOOR_SECONDS = 10
# Each agent's targets include 20 new processes a second, and more at times: at least 18,000 in the
# fifteen minutes after the warm-up. So the bounds leave 116 bytes for each, and a descriptor for
# every 1,125; the 2,400 of the short form have 870 bytes each, and a descriptor for 150. What is lost
# with a process, a group or a scrape is more; what a heap and caches move up and down is less.
MOST_GROWTH = {"KiB of memory": 2048, "descriptors": 16}
# The memory budget by default.
MOST_KIB = 96 * 1024
LOOKS = 3


def slope(values):
    """The median of the slopes between all pairs (Theil, Sen): a few wild values don't move it."""
    return statistics.median((later - earlier) / (j - i)
                             for i, earlier in enumerate(values)
                             for j, later in enumerate(values[i + 1:], i + 1))


def growth(values):
    """How much more stays at the end than after the warm-up, by the slope; one value a second."""
    settled = values[max(int(len(values) * WARM_UP_PART), LEAST_WARM_UP_SECONDS):]
    floors = [min(settled[begin:begin + FLOOR_SECONDS])
              for begin in range(0, len(settled) - FLOOR_SECONDS + 1, FLOOR_SECONDS)]
    return slope(floors) * len(floors)


def fallen(before, now):
    """Series that count less than before; one that was not there before counts from 0."""
    return [series for series, value in now.items() if value < before.get(series, 0)]


def read_counts(text):
    """An answer's series that may never fall; and all of its samples."""
    counting = set(counters(text)) | {f"ptarmigan_target_pause_seconds_{part}"
                                      for part in ("bucket", "count", "sum")}
    samples = {(name, labels): float(value) for name, labels, value in SAMPLE.findall(text)}
    return {series: value for series, value in samples.items() if series[0] in counting}, samples


def harm(samples):
    """What an agent's own metrics say of targets that were not let go."""
    stuck = samples["ptarmigan_targets_stuck", ""]
    if stuck != 0:
        yield f"{stuck:.0f} targets are stuck"
    if samples.get(("ptarmigan_verifications_total", 'result="still_traced"'), 0) != 0:
        yield "a target was still traced after its visit"


class Watched:
    """One agent, from its start to the verdict on it."""

    def __init__(self, name, arguments, directory, generator, stack):
        self.name = name
        self.random = generator
        directory.mkdir()
        self.churn = stack.enter_context(Churn(directory / "programs", generator))
        self.rules = directory / "agent.yml"
        self.reloads = 0
        self.write_rules()
        runtime = directory / "run"
        runtime.mkdir()
        # Where `ptarmigan release` meets this agent and not the other one.
        self.environment = {"RUNTIME_DIRECTORY": str(runtime)}
        self.agent = stack.enter_context(Agent(
            "--config.file", self.rules, *arguments, canary=True, environment=self.environment))
        self.found = {what: [] for what in MOST_GROWTH}
        self.attempts = []
        self.last = {}
        self.heard = set()
        self.is_paused = False
        self.releasing = None
        begin = time.monotonic()
        self.due = {self.reload: begin + 5, self.pause: begin + 10, self.release: begin + 7}

    def write_rules(self):
        """Groups get new names at each reload; the host's other processes are left alone."""
        programs = ", ".join(f"'{path}'" for path in self.churn.programs)
        text = f"targets:\n  include: [{{exe: [{programs}]}}]\n"
        if self.reloads % 3 == 1:
            text += "  exclude: [{comm: bursts}]\n  fold_children: true\n"
        if self.reloads % 4 != 3:
            text += (f"process_names:\n  - name: '{{{{.Comm}}}}-{self.reloads}'\n"
                     f"    exe: [{programs}]\n")
        if self.reloads % 5 == 4:
            text += "budgets: none\n"
        self.rules.write_text(text)

    def operate(self, now):
        """What an operator does, each at its own time; and looks at some targets."""
        for act, due in self.due.items():
            if due <= now:
                self.due[act] = now + act()
        living = self.churn.living()
        for pid in self.random.sample(living, min(LOOKS, len(living))):
            if stays_held(pid):
                fields = status(pid) or {}
                self.wrong(f"{pid} is held for over {STUCK_SECONDS} s: {fields.get('Name')}, "
                           f"{fields.get('State')}, TracerPid {fields.get('TracerPid')}")

    def reload(self):
        """Each fifth time with a file that is wrong."""
        self.reloads += 1
        self.write_rules()
        self.agent.signal(signal.SIGHUP)
        return 5

    def pause(self):
        self.is_paused = not self.is_paused
        self.agent.signal(signal.SIGUSR1)
        return 3 if self.is_paused else 17

    def release(self):
        """Has some process let alone, whose turn may be over before that is heard."""
        if self.releasing:
            _, message = self.releasing.communicate(timeout=WAIT_SECONDS)
            if self.releasing.returncode not in (0, 127):
                self.wrong(f"release ended with {self.releasing.returncode}: {message}")
        process = self.random.choice(self.churn.living())
        self.releasing = subprocess.Popen(
            [PROGRAM, "release", "-p", str(process), "--seconds", "3"],
            env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        return 7

    def observe(self):
        """One look at the agent, from outside and by its metrics."""
        if self.agent.process.poll() is not None:
            raise Failure(f"the agent at {self.name} ended with {self.agent.process.returncode}")
        self.found["KiB of memory"].append(int(status(self.agent.pid)["VmRSS"].split()[0]))
        self.found["descriptors"].append(len(os.listdir(f"/proc/{self.agent.pid}/fd")))
        if not get(self.agent.url, accept=OPENMETRICS)[1].endswith("# EOF\n"):
            self.wrong("an OpenMetrics answer without an end")
        now, samples = read_counts(get(self.agent.url)[1])
        for name, labels in fallen(self.last, now):
            self.wrong(f"{name}{{{labels}}} falls: {self.last[name, labels]} to "
                       f"{now[name, labels]}")
        self.last = now
        for problem in harm(samples):
            self.wrong(problem)
        self.attempts.append(samples["ptarmigan_attach_attempts_total", ""])
        self.heard |= {(name, samples.get((name, ""))) for name in
                       ("ptarmigan_paused", "ptarmigan_config_last_reload_successful")}

    def wrong(self, what):
        check(False, f"{self.name}: {what}")

    def judge(self):
        print(f"       {self.name}: {self.churn.begun} programs, {self.churn.replacements} "
              f"replaced, {self.reloads} reloads, {self.attempts[-1]:.0f} visits begun")
        for what, values in self.found.items():
            grown = growth(values)
            step = max(1, len(values) // 8)
            course = [round(statistics.median(values[begin:begin + step]))
                      for begin in range(0, len(values), step)]
            check(grown < MOST_GROWTH[what],
                  f"{self.name}: {grown:+.1f} {what}, {max(values)} at most; in eighths {course}")
        check(max(self.found["KiB of memory"]) < MOST_KIB, f"{self.name}: within {MOST_KIB} KiB")
        limit = resource.prlimit(self.agent.pid, resource.RLIMIT_NOFILE)[0]
        check(max(self.found["descriptors"]) < limit, f"{self.name}: within {limit} descriptors")
        # An agent that does nothing would be flat, too.
        quarters = [self.attempts[int(part * (len(self.attempts) - 1) / 4)] for part in range(5)]
        check(all(now > before for before, now in zip(quarters, quarters[1:])),
              f"{self.name}: it visits all the time: {quarters}")
        check({0, 1} <= {value for name, value in self.heard if name == "ptarmigan_paused"}
              and {0, 1} <= {value for name, value in self.heard if "reload" in name},
              f"{self.name}: it hears of pauses and of files, good and bad")

    def report(self):
        """What a page about it needs."""
        return {"found": self.found, "visits": self.attempts[-1], "programs": self.churn.begun,
                "reloads": self.reloads}

    def end(self):
        """Nothing is left of the targets; the agent has no zombies, and ends."""
        if self.releasing:
            self.releasing.communicate(timeout=WAIT_SECONDS)
        left = self.churn.finish()
        check(not left, f"{self.name}: no target is left {left}")
        zombies = self.zombies()
        if zombies:
            # Those that it has not reaped for a second are left.
            time.sleep(1)
            zombies &= self.zombies()
        check(not zombies, f"{self.name}: the agent has no zombies {zombies}")
        check(stop(self.agent.process) == 0, f"{self.name}: it ends with 0 on SIGTERM")

    def zombies(self):
        states = {pid: status(pid) for pid in os.listdir("/proc") if pid.isdigit()}
        return {pid for pid, fields in states.items()
                if fields and fields["PPid"] == str(self.agent.pid) and fields["State"][0] == "Z"}

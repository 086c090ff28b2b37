# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What must hold after each event of the fault campaign, and at its end. Each judge returns what it
found wrong, in sentences."""

import time

from agents import OPENMETRICS, get, status
from chaos_place import RESTART_SECONDS, own_descriptors
from churn import STUCK_SECONDS, stays_held
from harness import lasting_zombies, not_as_found, progresses, settled
from watched import MOST_KIB, fallen, harm, read_counts

# A dead tracer's targets are let go by the kernel as it ends; a living one's are in no visit or
# window at some moment of a second.
DEAD_GRACE_SECONDS, LIVING_GRACE_SECONDS = 0.25, STUCK_SECONDS
# What of connections and of files in work may still be open; a leak adds to it with each event.
MOST_NEW_DESCRIPTORS = 6
DESCRIPTOR_SECONDS = 10
HEALTHY_SECONDS = 10
# The canary needs a CPU to see that its pipe has ended.
HELPER_SECONDS = 10
PROGRESS_SECONDS = 5
CANARY = ("ptarmigan_canary_interrupted_waits_total", "ptarmigan_canary_signals_misplaced_total")
# Of targets that come and go.
LOOKS = 3


def targets_as_found(subject, grace):
    """Of all lasting targets: the longest time until one was as found, and what was wrong."""
    longest, problems = 0.0, []
    for target in subject.lasting:
        stopped = target.pid in subject.stopped
        took, wrong = settled(target.pid, grace, stopped)
        longest = max(longest, took)
        problems += wrong[:1]
        if not wrong and not stopped and not progresses(target.pid, PROGRESS_SECONDS):
            problems.append(f"{target.name} ({target.pid}) makes no progress")
    return longest, problems


def guests_let_go(subject, generator):
    """Some of the targets that come and go."""
    living = subject.churn.living()
    for pid in generator.sample(living, min(LOOKS, len(living))):
        if stays_held(pid):
            fields = status(pid) or {}
            yield (f"{pid} is held for over {STUCK_SECONDS} s: {fields.get('Name')}, "
                   f"{fields.get('State')}, TracerPid {fields.get('TracerPid')}")


def all_let_go(subject):
    """After the agent's end: whether any target at all is left traced or stopped."""
    problems = []
    for pid in subject.churn.living():
        problems += settled(pid, DEAD_GRACE_SECONDS)[1][:1]
    for pid in subject.helpers:
        end = time.monotonic() + HELPER_SECONDS
        while is_alive(pid) and time.monotonic() < end:
            time.sleep(0.01)
        if is_alive(pid):
            problems.append(f"the helper {pid} outlives its agent")
    return problems


def is_alive(pid):
    """Not even a zombie, which is for PID 1 to reap."""
    fields = status(pid)
    return fields is not None and fields["State"][0] not in "ZX"


def counters_fell(subject, counts):
    """A counter may only fall when its agent was started again, which begins with nothing."""
    problems = [f"{name}{{{labels}}} falls: {subject.last[name, labels]} to {counts[name, labels]}"
                for name, labels in fallen(subject.last, counts)]
    subject.last = counts
    return problems


def agent_samples(place, subject):
    """The agent answers, takes samples and visits; what it says of its targets."""
    said = {}

    def asked():
        """Whether it has visited since the first answer."""
        try:
            text = get(subject.agent.url)[1]
        except (OSError, ValueError) as problem:
            said["problem"] = str(problem)
            return not subject.is_alive
        counts, samples = read_counts(text)
        said.setdefault("first", counts)
        said.setdefault("problems", []).extend(counters_fell(subject, counts))
        said["samples"] = samples
        return all(counts[series] > said["first"][series] for series in (
            ("ptarmigan_ticks_total", ""), ("ptarmigan_target_pause_seconds_count", "")))

    took = place.until(asked, RESTART_SECONDS)
    if not subject.is_alive:
        return [f"the agent ended with {subject.agent.process.returncode}: "
                f"{' / '.join(subject.agent.output().splitlines()[-3:])}"]
    problems = said.get("problems", [])
    if "samples" in said:
        problems += harm(said["samples"])
        problems += canary_harmed(subject, said["samples"])
    if took is None:
        problems.append(f"no visit within {RESTART_SECONDS} s, or no answer "
                        f"{said.get('problem', '')}")
    return problems


def canary_harmed(subject, samples):
    """What the agent's own canary counts, once for each time that it has grown."""
    for name in CANARY:
        count = samples.get((name, ""), 0)
        if count > subject.harm.get(name, 0):
            yield f"the canary counts {count:.0f} {name}"
        subject.harm[name] = count


def agent_is_well(place, subject):
    """All that can be seen of the agent from the outside."""
    problems = agent_samples(place, subject)
    if not subject.is_alive:
        return problems
    if not get(subject.agent.url, accept=OPENMETRICS)[1].endswith("# EOF\n"):
        problems.append("an OpenMetrics answer without an end")
    # On a host without CPU time the tracer may be late just now; it has to come back.
    if place.until(lambda: subject.page("/-/healthy").status == 200, HEALTHY_SECONDS) is None:
        problems.append(f"/-/healthy answers {subject.page('/-/healthy').status}")
    kib = int(status(subject.agent.pid)["VmRSS"].split()[0])
    if kib > MOST_KIB:
        problems.append(f"it has {kib} KiB of memory")
    problems += [f"{len(zombies)} zombies" for zombies in [lasting_zombies(subject.agent.pid)]
                 if zombies]
    most = len(subject.descriptors) + MOST_NEW_DESCRIPTORS
    if place.until(lambda: len(own_descriptors(subject.agent.pid)) <= most,
                   DESCRIPTOR_SECONDS) is None:
        now = own_descriptors(subject.agent.pid)
        new = [link for link in now if link not in subject.descriptors]
        problems.append(f"{len(now)} descriptors, at first {len(subject.descriptors)}: {new[:5]}")
    return problems


def signals_arrived(result):
    """Of the target to which signals were queued all the time."""
    if result is None:
        return ["the target of signals did not report"]
    return [f"{result[key]} of {result['sent']} signals {key}"
            for key in ("lost", "duplicated", "reordered", "foreign") if result[key]]


def waits_undisturbed(result, deaths):
    """An agent that is killed between a stop and its repair may fail one wait of each thread."""
    if result is None:
        return ["the target of waits did not report"]
    problems = [f"{result[key]} of {result['calls']} waits {key}"
                for key in ("wrong", "early", "stuck") if result[key]]
    allowed = deaths * len(result["waits"])
    if result["spurious"] > allowed:
        problems.append(f"{result['spurious']} of {result['calls']} waits failed with EINTR, in "
                        f"{deaths} deaths of the agent")
    return problems


def left_over(subject, result_seconds=30):
    """Ends the targets: what they report, and what does not end. The agent is gone already."""
    problems, reports = [], {}
    for target in subject.lasting:
        problems += not_as_found(target.pid)
        target.terminate()
        reports.update(target.finish(result_seconds))
    left = subject.churn.finish()
    if left:
        problems.append(f"processes {left} do not end")
    problems += signals_arrived(reports.get("signals"))
    problems += waits_undisturbed(reports.get("waits"), subject.lives - 1)
    if "busy" not in reports:
        problems.append("the busy target did not report")
    return problems, reports

# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What a machine is, and what else it did while it was measured on."""

import platform
import statistics
import subprocess
import time
from pathlib import Path

from shared import ROOT

# Fields of /proc/stat's first line that are no work of anybody here.
IDLE, WAITING, STOLEN = 3, 4, 7
LOOK_SECONDS = 0.5
# Others that use less than that disturb little.
QUIET_PERCENT = 5


def model():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def is_virtual():
    return " hypervisor" in Path("/proc/cpuinfo").read_text()


def system():
    fields = dict(line.split("=", 1) for line in
                  Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return fields.get("PRETTY_NAME", "Linux").strip('"')


def sources():
    """The last commit of what the program is built from."""
    asked = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%h", "--", "Sources"],
                           capture_output=True, text=True)
    return asked.stdout.strip() or "none"


def times():
    """CPU time of the machine since it began: all of it, idle, and what the host kept."""
    line = Path("/proc/stat").read_text().splitlines()[0]
    # What guests use is in the first two fields already.
    ticks = [int(word) for word in line.split()[1:9]]
    return sum(ticks), ticks[IDLE] + ticks[WAITING], ticks[STOLEN]


def others():
    """What others use of all CPUs, in percent, while nothing of the measurement runs."""
    every, idle, stolen = times()
    time.sleep(LOOK_SECONDS)
    every, idle, stolen = (now - then for now, then in zip(times(), (every, idle, stolen)))
    if not every:
        return {"busy": 0.0, "stolen": 0.0}
    return {"busy": (every - idle - stolen) / every * 100, "stolen": stolen / every * 100}


def summary(looks):
    """The median and the most of some looks; for the page."""
    found = {"looks": len(looks), "virtual": is_virtual()}
    for name in ("busy", "stolen"):
        values = [look[name] for look in looks]
        found[name] = [statistics.median(values), max(values)] if values else []
    return found


def sentence(found):
    """What the page says of it."""
    if not found["looks"]:
        kind = "**The machine was virtual.** " if found["virtual"] else ""
        return f"{kind}What else it did was not looked at: take it for shared with other work."
    (busy, most), (stolen, most_stolen) = found["busy"], found["stolen"]
    kind = "virtual and " if found["virtual"] else ""
    state = "not quiet" if busy > QUIET_PERCENT or stolen > QUIET_PERCENT else "quiet"
    return (f"**The machine was {kind}{state}**: between the measurements, {found['looks']} times, "
            f"others used {busy:.0f} % of all\nCPUs (median; {most:.0f} % at most), and the host "
            f"kept {stolen:.0f} % back ({most_stolen:.0f} % at most).")

# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The configurations of deploy/alloy and deploy/parca: what is checked of them without either
program."""

import re
import subprocess
import tempfile

from prometheus import tool
from recordings import ROOT, check

ALLOY = ROOT / "deploy/alloy/config.alloy"
PARCA = ROOT / "deploy/parca/parca.yaml"
# What both ask for by default, and no agent has.
NOT_SERVED = ("memory", "block", "goroutine", "mutex")


def without(text, key):
    """YAML without a key and what is below it."""
    kept, depth = [], None
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        if depth is not None and (not line.strip() or indent > depth):
            continue
        depth = indent if line.strip() == f"{key}:" else None
        if depth is None:
            kept.append(line)
    return "\n".join(kept) + "\n"


def check_parca():
    """Parca's jobs are Prometheus's with a part of their own; promtool reads the rest."""
    text = PARCA.read_text()
    rest = without(without(text, "profiling_config"), "object_storage")
    # For Prometheus a timeout must be at most the interval, for Parca it must be more.
    interval, timeout = (int(re.search(rf"{key}: (\d+)s", text)[1])
                         for key in ("scrape_interval", "scrape_timeout"))
    rest = rest.replace(f"scrape_timeout: {timeout}s", f"scrape_timeout: {interval}s")
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(rest)
        file.flush()
        done = subprocess.run([tool("promtool"), "check", "config", "--syntax-only", file.name],
                              capture_output=True, text=True)
    check(done.returncode == 0 and "profiling_config" not in rest and "http_sd_configs" in rest,
          "promtool reads Parca's jobs " + done.stderr.strip())
    check(timeout > interval, f"Parca waits {timeout} s for {interval} s")
    off = [name for name in NOT_SERVED if f"{name}: {{enabled: false}}" not in text]
    # Where an entry is given, Parca does not fill in what it would have had without one.
    check(not off and text.count("delta: true") == text.count("path: ") == 2,
          f"Parca asks for two profiles and for no other {off}")


def check_alloy():
    text = re.sub(r"//.*", "", re.sub(r'"[^"]*"', '""', ALLOY.read_text()))
    depth = lowest = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        lowest = min(lowest, depth)
    check(depth == 0 and lowest == 0, "Alloy's blocks are closed")
    text = ALLOY.read_text()
    defined = {".".join(names) for names in re.findall(r'^([\w.]+) "(\w+)" \{', text, re.MULTILINE)}
    used = set(re.findall(r"= \[?((?:discovery|pyroscope)\.\w+\.\w+)\.\w+", text))
    check(used and used <= defined, f"each component that is named is there {used - defined}")
    off = [name for name in NOT_SERVED
           if not re.search(rf"profile\.{name} \{{\s+enabled = false", text)]
    check(not off, f"Alloy asks for no profile that an agent has not {off}")


def asked_for():
    """The paths that both ask for, with how many seconds each."""
    parca, alloy = PARCA.read_text(), ALLOY.read_text()
    interval = int(re.search(r"scrape_interval: (\d+)s", parca)[1])
    asked = {(path, interval) for path in re.findall(r"path: (\S+)", parca)}
    interval = int(re.search(r'scrape_interval = "(\d+)s"', alloy)[1])
    # Alloy's own default is the first one.
    paths = ["/debug/pprof/profile", *re.findall(r'path\s+= "(\S+)"', alloy)]
    return asked | {(path, interval - 1) for path in paths}

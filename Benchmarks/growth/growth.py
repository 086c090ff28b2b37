#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""How the agent's cost grows with what it looks at, and with who asks it.

    Benchmarks/growth/growth.py [--seconds S] [--axes A,B] [--page-only] [--self-test]

A few points along each cause, an agent of its own for each, on short runs; then the order by which
the cost grows, from the curve that is nearest to the points. Keeps what it has in
.build-compare/growth.json, from which the axes of several runs are put together; with all of them
it writes docs/growth.json, docs/GROWTH.md and its plots.
"""

import argparse
import json
import os
import platform
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "compare"))

from shared import CPUS, DOCS, PTARMIGAN, RAW

# These need the paths that shared.py adds.
import fit_test
import growth_page
import machine
from axes import AXES, cost
from measures import rounded
from slowdown import give_priority


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6, help="of each point")
    parser.add_argument("--axes", help=f"of {','.join(AXES)}")
    parser.add_argument("--page-only", action="store_true")
    parser.add_argument("--self-test", action="store_true", help="of the fit; runs nothing else")
    options = parser.parse_args()
    # Whoever ends it leaves no program behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if options.self_test:
        return fit_test.run()
    if options.page_only:
        growth_page.write(json.loads((DOCS / "growth.json").read_text()), DOCS)
        return 0
    if not PTARMIGAN.exists():
        sys.exit("growth: no .build/release/ptarmigan: make build")
    # With all that is started here, so that others on the machine do not starve it.
    give_priority(os.getpid())
    names = options.axes.split(",") if options.axes else list(AXES)
    file = RAW / "growth.json"
    former = json.loads(file.read_text()) if options.axes and file.exists() else {}
    found, minutes = former.get("axes", {}), former.get("about", {}).get("minutes", 0)
    looks = former.get("looks", [])
    for name in names:
        began = time.monotonic()
        found[name] = measure(AXES[name], options.seconds, looks)
        minutes += (time.monotonic() - began) / 60
        data = rounded({"about": {"kernel": platform.release(), "cpus": len(CPUS),
                                  "model": machine.model(), "system": machine.system(),
                                  "seconds": options.seconds, "minutes": minutes,
                                  "others": machine.summary(looks)},
                        "axes": {axis: found[axis] for axis in AXES if axis in found},
                        "looks": looks})
        RAW.mkdir(exist_ok=True)
        file.write_text(json.dumps(data, separators=(",", ":")) + "\n")
    if set(found) == set(AXES):
        (DOCS / "growth.json").write_text(file.read_text())
        growth_page.write(data, DOCS)
    return 0


def measure(axis, seconds, looks):
    """A row for each point, the first one without the load; between them, what others do."""
    rows = []
    for point in (None, *axis.points):
        looks.append(machine.others())
        rows.append({"point": point, **cost(axis, point, seconds)})
        print(f"{axis.name} {point}: {rounded(rows[-1])}", flush=True)
    return rows


if __name__ == "__main__":
    sys.exit(main())

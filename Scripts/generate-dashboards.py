#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes dashboards/ from the panels that are listed in Scripts/dashboard_*.py.

    Scripts/generate-dashboards.py [--check]

With --check nothing is written, and a file that is not as it would be written is an error.
"""

import json
import sys

from dashboard_agent import AGENT
from dashboard_fleet import FLEET
from dashboard_group import FLAME_GRAPH, GROUP_DETAIL
from recordings import ROOT

DASHBOARDS = ROOT / "dashboards"


def main():
    is_checked = "--check" in sys.argv
    stale = []
    for built in (FLEET, GROUP_DETAIL, AGENT, FLAME_GRAPH):
        path = DASHBOARDS / f"{built['uid']}.json"
        text = json.dumps(built, indent=1) + "\n"
        if is_checked and (not path.exists() or path.read_text() != text):
            stale.append(path.name)
        elif not is_checked:
            path.write_text(text)
    for name in stale:
        print(f"dashboards/{name} is not what Scripts/generate-dashboards.py writes",
              file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

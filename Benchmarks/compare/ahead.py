# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""In what a peer is ahead of us: from the figures, where the rounds do not overlap."""

import statistics

# A figure, what to call it, whether less is better, and by how much at least it has to differ.
MEASURES = (
    ("slower_percent", "slows the program less", True, 0.2),
    ("lost_percent", "takes less of its time", True, 0.05),
    ("cpu_percent", "less CPU time while it samples", True, 0.1),
    ("all_percent", "less CPU time in all", True, 0.5),
    ("peak_mib", "less memory", True, 5.0),
    ("samples_per_second", "more samples a second", False, 5.0),
    ("complete", "more whole stacks", False, 0.02),
    ("named", "more named frames", False, 0.02),
)
OURS = ("record", "agent")


def is_ahead(peer, ours, less, least):
    """Whether the median is better by enough, and hardly a round says otherwise."""
    if not peer or not ours:
        return False
    sign = 1 if less else -1
    peer, ours = ([sign * value for value in values] for values in (peer, ours))
    return (statistics.median(ours) - statistics.median(peer) >= least
            and max(peer) <= statistics.median(ours) and min(ours) >= statistics.median(peer))


def by_peer(data, target, ours):
    """For each sampler of stacks what it is ahead of one of our ways in."""
    rows = data["targets"].get(target, {})
    base, found = rows.get(ours), {}
    if not base:
        return found
    for key, row in rows.items():
        if data["tools"][key]["gives"] == "stacks" and key not in OURS:
            found[data["tools"][key]["title"]] = [
                text for name, text, less, least in MEASURES
                if is_ahead(row.get(name), base.get(name), less, least)]
    return found


def rows(data, called):
    """Rows of a table: the peer, the program, and in what it is ahead of each of our ways."""
    cells = {}
    for target, name in called.items():
        for ours in OURS:
            for peer, texts in by_peer(data, target, ours).items():
                cells.setdefault((name, peer), {}).setdefault(ours, []).extend(texts)
    for (name, peer), by_ours in cells.items():
        if any(by_ours.values()):
            yield [peer, name, *("; ".join(dict.fromkeys(by_ours.get(ours, ()))) or "nothing"
                                 for ours in OURS)]

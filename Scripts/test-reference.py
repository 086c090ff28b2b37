#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Compares the references in docs/ with what the program says of itself.

    Scripts/test-reference.py [--write | --links]

docs/COMMANDS.md is written from the program's own description of its command line; with --write it
is written anew. The example in docs/CONFIGURATION.md must be a file that the agent reads, with each
key that the agent knows. Each link between pages must lead somewhere, and README.md to each page of
docs/; with --links nothing else is looked at. (docs/METRICS.md is compared by
Scripts/test-prometheus.py, docs/TROUBLESHOOTING.md by TroubleshootingTests.) Expects
.build/release/ptarmigan. Exits with 0 or 1.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import manual_pages
import markdown_links
from agents import PROGRAM, Agent
from recordings import ROOT, check, conclude

COMMANDS = ROOT / "docs/COMMANDS.md"
CONFIGURATION = ROOT / "docs/CONFIGURATION.md"
HEAD = """# Commands and their options

What `ptarmigan --help` says, of all commands at once. This page is written by
`Scripts/test-reference.py --write`.
"""
# Options of every command.
EVERYWHERE = {"help", "version"}
# A key that no file has, below each mapping of the configuration.
UNKNOWN = "no_such_key"
MAPPINGS = {
    "": f"{UNKNOWN}: 1\n",
    "budget": f"budget: {{{UNKNOWN}: 1}}\n",
    "profiles": f"profiles: {{{UNKNOWN}: 1}}\n",
    "syscalls": f"syscalls: {{{UNKNOWN}: 1}}\n",
    "targets": f"targets: {{{UNKNOWN}: 1}}\n",
    "process_names": f"process_names: [{{{UNKNOWN}: 1}}]\n",
}


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def row(argument):
    """One option or argument, as a row of a table."""
    value = f" {argument['valueName'].upper()}" if argument.get("valueName") else ""
    if argument["kind"] == "positional":
        words = value.strip()
    else:
        names = sorted(argument["names"], key=lambda name: name["kind"] != "short")
        words = ", ".join(manual_pages.spelled(name) for name in names)
        words += "" if argument["kind"] == "flag" else value
    text = " ".join(argument[key] for key in ("abstract", "discussion") if argument.get(key))
    return f"| `{cell(words)}` | {cell(text)} | {cell(argument.get('defaultValue') or '')} |"


def section(command):
    title = f"## ptarmigan {command['commandName']}"
    text = [title, "", *[command[key] + "\n" for key in ("abstract", "discussion")
                         if command.get(key)]]
    return "\n".join([*text, "| option | meaning | default |", "|---|---|---|",
                      *[row(one) for one in manual_pages.shown(command.get("arguments", []))
                        if not EVERYWHERE & {name["name"] for name in one.get("names", [])}]])


def reference():
    command = manual_pages.described(PROGRAM)
    return "\n".join([HEAD, *[section(child) + "\n" for child in manual_pages.children(command)]])


def known_keys(directory, text):
    """The keys that the agent names when it meets one that it does not know."""
    path = directory / "unknown.yml"
    path.write_text(text)
    done = subprocess.run([PROGRAM, "agent", "--web.listen-address", "127.0.0.1:0", "--config.file",
                           path], capture_output=True, text=True, timeout=30)
    found = re.search(r"known are (.*)", done.stderr)
    return set(re.split(r", | and ", found[1])) if found else set()


def test_configuration(directory):
    example = re.search(r"```yaml\n(.*?)```", CONFIGURATION.read_text(), re.DOTALL)[1]
    path = directory / "example.yml"
    path.write_text(example)
    with Agent("--config.file", path) as agent:
        good = agent.value("ptarmigan_config_last_reload_successful")
    check(good == 1, "the agent reads the example of docs/CONFIGURATION.md")
    text = CONFIGURATION.read_text()
    for place, unknown in MAPPINGS.items():
        keys = known_keys(directory, unknown)
        absent = {key for key in keys if not re.search(rf"^\W*{key}:|`{key}`", text, re.MULTILINE)}
        check(keys and not absent, f"{place or 'at the top'}: {sorted(keys)}, absent {sorted(absent)}")


def test_links():
    count, wrong = markdown_links.broken(ROOT)
    check(count > 50 and not wrong, f"{count} links between pages, broken {wrong}")
    absent = markdown_links.unlinked(ROOT, ROOT / "README.md", "docs")
    check(not absent, f"README.md leads to each page of docs/, absent {absent}")


def main():
    if sys.argv[1:] == ["--links"]:
        test_links()
        return conclude()
    now = reference()
    if sys.argv[1:] == ["--write"]:
        COMMANDS.write_text(now)
        return 0
    check(COMMANDS.exists() and COMMANDS.read_text() == now,
          "docs/COMMANDS.md is what the program says (Scripts/test-reference.py --write)")
    with tempfile.TemporaryDirectory() as directory:
        test_configuration(Path(directory))
    test_links()
    return conclude()


if __name__ == "__main__":
    sys.exit(main())

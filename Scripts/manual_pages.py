# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""Manual pages from what the program says of its own command line.

A page for each command: `pages` gives their texts by file name, in the macros of man(7).
"""

import json
import subprocess

NAME = "ptarmigan"
# Commands that the program starts itself.
NOT_SHOWN = {"help"}


def described(program):
    """The program's command line as it describes it (`--experimental-dump-help`)."""
    text = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True,
                          text=True).stdout
    return json.loads(text)["command"]


def escaped(text):
    """Text as man(7) shows it: no line of it begins a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in text.splitlines())


def spelled(name):
    return f"-{name['name']}" if name["kind"] == "short" else f"--{name['name']}"


def usage(argument):
    """How an argument is written on the command line, in man(7)'s fonts."""
    value = f"\\fI{escaped(argument.get('valueName', ''))}\\fR"
    if argument["kind"] == "positional":
        return value
    names = sorted(argument["names"], key=lambda name: name["kind"] != "short")
    text = ", ".join(f"\\fB{escaped(spelled(name))}\\fR" for name in names)
    return text if argument["kind"] == "flag" else f"{text} {value}"


def shown(items):
    return [item for item in items if item.get("shouldDisplay", True)]


def options(command):
    for argument in shown(command.get("arguments", [])):
        yield f".TP\n{usage(argument)}"
        text = " ".join(argument[key] for key in ("abstract", "discussion") if argument.get(key))
        if argument.get("allValues"):
            text += f" One of: {', '.join(argument['allValues'])}."
        if argument.get("defaultValue"):
            text += f" Default: {argument['defaultValue']}."
        yield escaped(text.strip() or "Nothing more is known of it.")


def page(command, title, version, date, others):
    """One command's page."""
    words = title.replace("-", " ", 1)
    lines = [f'.TH {escaped(title.upper())} 1 {date} "{NAME} {version}" "User Commands"',
             ".SH NAME", f"{escaped(title)} \\- {escaped(command['abstract'].rstrip('.'))}",
             ".SH SYNOPSIS", f".B {escaped(words)}"]
    positional = [one for one in shown(command.get("arguments", []))
                  if one["kind"] == "positional"]
    has_options = len(positional) < len(shown(command.get("arguments", [])))
    lines.append(" ".join((["[\\fIoptions\\fR]"] if has_options else [])
                          + [usage(one) for one in positional]
                          + (["\\fIcommand\\fR"] if command.get("subcommands") else [])))
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", escaped(command["discussion"])]
    lines += [".SH OPTIONS", *options(command)]
    if command.get("subcommands"):
        lines.append(".SH COMMANDS")
        for child in children(command):
            lines += [f".TP\n\\fB{escaped(child['commandName'])}\\fR",
                      f"{escaped(child['abstract'])} See \\fB{NAME}\\-"
                      f"{escaped(child['commandName'])}\\fR(1)."]
    lines += [".SH SEE ALSO", ", ".join(f"\\fB{escaped(name)}\\fR(1)" for name in others)
              + (", " if others else "") + "\\fBptrace\\fR(2)"]
    return "\n".join(lines) + "\n"


def children(command):
    return [child for child in shown(command.get("subcommands", []))
            if child["commandName"] not in NOT_SHOWN]


def pages(program, version, date):
    """The pages' texts by file name."""
    command = described(program)
    titles = [NAME] + [f"{NAME}-{child['commandName']}" for child in children(command)]
    return {f"{title}.1": page(one, title, version, date, [name for name in titles if name != title])
            for title, one in zip(titles, [command, *children(command)])}

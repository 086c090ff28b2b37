#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables of system calls: their names by number, and the sets that strace has of them.

    Scripts/generate-system-calls.py [--check] [--headers /usr/include] [--strace strace]

The names are those of the kernel's headers (Debian's linux-libc-dev). The sets are strace's: asked
for one, it prints the seccomp filter that it would install, and the filter is evaluated here for
each call; so this needs an x86-64 machine, which has both tables. What a file has stays in it:
older headers, or an older strace, take nothing away. With --check nothing is written, and a file
that would change is an error.
"""

import argparse
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Sources/Sampler/SystemCalls"
SETS = ("desc", "file", "ipc", "memory", "network", "process", "signal")

# What arch/arm64/include/uapi/asm/unistd.h asks of asm-generic/unistd.h.
ARM64_MACROS = (
    "__BITS_PER_LONG=64", "__ARCH_WANT_RENAMEAT", "__ARCH_WANT_NEW_STAT",
    "__ARCH_WANT_SET_GET_RLIMIT", "__ARCH_WANT_TIME32_SYSCALLS", "__ARCH_WANT_SYS_CLONE3",
    "__ARCH_WANT_MEMFD_SECRET",
)

# Defined like numbers of calls, and none.
NO_CALLS = {"syscalls", "arch_specific_syscall"}

AUDIT_ARCH_X86_64 = 0xC000003E
AUDIT_ARCH_I386 = 0x40000003
EXECVEAT = 322

# strace's filters have these calls whatever is asked for, since each stands for several that it
# tells apart by their arguments. They belong where those do.
CARRIERS = {"socketcall": {"desc", "network"}, "ipc": {"ipc"}}

LICENCE = """\
// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0
"""

NATIVE = LICENCE + """
#if arch({arch})
/// The names of system calls by number on {machine}.
///
/// Written by Scripts/generate-system-calls.py from {header} of Linux {version}.
/// Newer calls than these are named `syscall_NNN`.
enum SystemCallNames {{
    static let byNumber: [Int32: StaticString] = [
{table}
    ]
}}
#endif
"""

I386 = LICENCE + """
extension SystemCallNames {{
    #if arch(x86_64)
    /// The names of the 32-bit calls by number, which an x86-64 kernel serves too (`int 0x80`).
    ///
    /// Written by Scripts/generate-system-calls.py from asm/unistd_32.h of Linux {version}.
    static let byNumber32: [Int32: StaticString] = [
{table}
    ]
    #else
    /// No 32-bit calls are told apart on this machine.
    static let byNumber32: [Int32: StaticString] = [:]
    #endif
}}
"""

SET = """\
    static let {name}: [StaticString] = [
{table}
    ]
"""

SYSTEM_CALL_SETS = LICENCE + """
/// The calls in each of strace's sets, by name; a machine has some of them only.
///
/// Written by Scripts/generate-system-calls.py from the filters of strace {version}.
enum SystemCallSets {{
    static let byName: [String: [StaticString]] = [
{index}
    ]

{sets}}}
"""


def fail(message):
    raise SystemExit(f"generate-system-calls: {message}")


def wrapped(entries):
    lines = textwrap.wrap(
        ", ".join(entries) + ",", width=98, initial_indent=" " * 8, subsequent_indent=" " * 8,
        break_on_hyphens=False, break_long_words=False,
    )
    return "\n".join(lines)


def entry_lines(pairs):
    # An entry is not broken between its number and its name.
    return wrapped(f'{number}:\0"{name}"' for number, name in pairs).replace("\0", " ")


def newest(*versions):
    return max(versions, key=lambda version: [int(part) for part in version.split(".")])


def committed(path):
    """The text of a file as it is, and the version that it says it is from."""
    text = path.read_text() if path.exists() else ""
    version = re.search(r" of (?:Linux|strace) ([0-9.]+[0-9])\.", text)
    return text, version.group(1) if version else "0"


def kernel_version(headers):
    text = (headers / "linux/version.h").read_text()
    parts = (re.search(rf"LINUX_VERSION_{part} (\d+)", text) for part in
             ("MAJOR", "PATCHLEVEL", "SUBLEVEL"))
    return ".".join(part.group(1) for part in parts)


def numbers(definitions):
    """The calls that `#define __NR_name number` lines define, by number."""
    values = dict(re.findall(r"^#define __NR(3264_\w+|_\w+)\s+(\w+)$", definitions, re.MULTILINE))
    table = {}
    for name, value in values.items():
        # The generic header gives some of its names through another: __NR_lseek __NR3264_lseek.
        while value.startswith("__NR"):
            value = values[value.removeprefix("__NR")]
        if name.startswith("_") and name[1:] not in NO_CALLS:
            table[int(value)] = name[1:]
    return table


def x86_numbers(headers, name):
    for folder in (headers / "x86_64-linux-gnu/asm", headers / "asm"):
        if (folder / name).exists():
            return numbers((folder / name).read_text())
    fail(f"no asm/{name} for x86 under {headers}")


def arm64_numbers(headers):
    with tempfile.TemporaryDirectory() as folder:
        # What it would define is among the macros.
        (pathlib.Path(folder) / "asm").mkdir()
        (pathlib.Path(folder) / "asm/bitsperlong.h").touch()
        command = ["cc", "-E", "-dM", "-undef", "-nostdinc", "-I", folder, "-I", str(headers)]
        command += [f"-D{macro}" for macro in ARM64_MACROS] + ["-x", "c", "-"]
        result = subprocess.run(
            command, input="#include <asm-generic/unistd.h>\n", text=True, check=True,
            stdout=subprocess.PIPE,
        )
    return numbers(result.stdout)


def kept(path, table):
    """The table with the calls of the file as it is; a number or a name never gets another."""
    text, _ = committed(path)
    merged = dict(table)
    for number, name in re.findall(r'(\d+): "(\w+)"', text):
        if merged.setdefault(int(number), name) != name:
            fail(f"{path.name} has {name} for {number}, and the headers {merged[int(number)]}")
    if len(set(merged.values())) != len(merged):
        fail(f"{path.name} would have a name twice")
    return merged


class Filter:
    """A seccomp filter as strace prints it: a program for the kernel's classic BPF machine."""

    def __init__(self, strace, calls):
        result = subprocess.run(
            [strace, "-d", "-f", "--seccomp-bpf", "-e", f"trace={calls}", "true"],
            text=True, capture_output=True, check=True,
        )
        self.steps = re.findall(r"(STMT|JUMP)\((\w+)(?:, ([^)]*))?\)", result.stderr)
        if not self.steps:
            fail(f"{strace} prints no seccomp filter")

    def traces(self, architecture, number):
        accumulator = index = at = 0
        data = {"data->arch": architecture, "data->nr": number}
        while True:
            _, code, arguments = self.steps[at]
            arguments = arguments.split(", ")
            at += 1
            if code == "BPF_RET":
                return arguments[0] == "SECCOMP_RET_TRACE"
            if code == "BPF_JA":
                at += int(arguments[0], 0)
            elif code in ("BPF_JEQ", "BPF_JGE", "BPF_JSET"):
                true, false, operand = (int(argument, 0) for argument in arguments)
                holds = {
                    "BPF_JEQ": accumulator == operand,
                    "BPF_JGE": accumulator >= operand,
                    "BPF_JSET": accumulator & operand != 0,
                }
                at += true if holds[code] else false
            elif code == "BPF_LDWABS":
                accumulator = data[arguments[0]]
            elif code == "BPF_TAX":
                index = accumulator
            elif code == "BPF_TXA":
                accumulator = index
            else:
                operand = index if arguments[0] == "X" else int(arguments[0], 0)
                accumulator = {
                    "BPF_LDWIMM": operand,
                    "BPF_AND": accumulator & operand,
                    "BPF_LSH": accumulator << operand & 0xFFFFFFFF,
                    "BPF_RSH": accumulator >> operand,
                }[code]


def executions(strace, name):
    """Those of execve and execveat that are in one of strace's sets.

    Every filter has them, since strace has work of its own after them; so they are made here. An
    execveat without arguments fails.
    """
    calls = f"import ctypes; ctypes.CDLL(None).syscall({EXECVEAT}, -1, None, None, None, 0)"
    result = subprocess.run(
        [strace, "-e", f"trace=%{name}", sys.executable, "-c", calls],
        text=True, capture_output=True, check=True,
    )
    return set(re.findall(r"^(execve|execveat)\(", result.stderr, re.MULTILINE))


def members(strace, name, tables, always):
    """The names of the calls in one of strace's sets."""
    asked = Filter(strace, "%" + name)
    found = {call for call, sets in CARRIERS.items() if name in sets}
    for architecture, table in tables.items():
        traced = {call for number, call in table.items() if asked.traces(architecture, number)}
        found |= traced - always
    return found | executions(strace, name)


def system_call_sets(strace, tables):
    path = FOLDER / "SystemCallSets.swift"
    text, old_version = committed(path)
    output = subprocess.run([strace, "-V"], text=True, capture_output=True, check=True).stdout
    version = re.search(r"version ([0-9]+(\.[0-9]+)*)", output).group(1)
    nothing = Filter(strace, "none")
    always = {
        call for architecture, table in tables.items() for number, call in table.items()
        if nothing.traces(architecture, number)
    }
    # Its filters have what it does not know.
    if newer := sorted(always - CARRIERS.keys() - {"execve", "execveat", "restart_syscall"}):
        print(f"strace {version} is too old for {', '.join(newer)}: in no new set", file=sys.stderr)
    blocks = []
    for name in SETS:
        block = re.search(rf"static let {name}: [^=]*= \[([^\]]*)\]", text)
        old = set(re.findall(r'"(\w+)"', block.group(1))) if block else set()
        calls = sorted(members(strace, name, tables, always) | old)
        blocks.append(SET.format(name=name, table=wrapped(f'"{call}"' for call in calls)))
    index = wrapped(f'"{name}":\0{name}' for name in SETS).replace("\0", " ")
    return path, SYSTEM_CALL_SETS.format(
        version=newest(version, old_version), index=index, sets="\n".join(blocks)
    )


def generated(headers, strace):
    """The files' contents by path."""
    version = kernel_version(headers)
    native = x86_numbers(headers, "unistd_64.h")
    native32 = x86_numbers(headers, "unistd_32.h")
    sources = (
        (native, NATIVE, "x86_64", "x86-64", "asm/unistd_64.h"),
        (arm64_numbers(headers), NATIVE, "arm64", "arm64", "asm-generic/unistd.h"),
        (native32, I386, "i386", "i386", "asm/unistd_32.h"),
    )
    files, tables = {}, {}
    for table, template, architecture, machine, header in sources:
        path = FOLDER / f"SystemCallNames+{architecture}.swift"
        tables[architecture] = kept(path, table)
        files[path] = template.format(
            arch=architecture, machine=machine, header=header,
            version=newest(version, committed(path)[1]),
            table=entry_lines(sorted(tables[architecture].items())),
        )
    path, text = system_call_sets(strace, {
        AUDIT_ARCH_X86_64: tables["x86_64"], AUDIT_ARCH_I386: tables["i386"],
    })
    files[path] = text
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--headers", type=pathlib.Path, default=pathlib.Path("/usr/include"))
    parser.add_argument("--strace", default="strace")
    options = parser.parse_args()
    changed = False
    for path, text in generated(options.headers, options.strace).items():
        if not options.check:
            path.write_text(text)
            continue
        difference = list(difflib.unified_diff(
            committed(path)[0].splitlines(), text.splitlines(), path.name, "generated", lineterm="",
        ))
        changed = changed or bool(difference)
        print(*difference, sep="\n", end="\n" if difference else "")
    if changed:
        sys.exit("generate-system-calls: run it without --check")


main()

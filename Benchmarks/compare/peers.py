# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The table of tools, in the order of the page."""

from tool_loops import EuStack, Gdb
from tool_others import ProcessExporter, Strace
from tool_perf import Perf, PerfDwarf
from tool_ptarmigan import Agent, Record, SystemCalls
from tool_python import Austin, AustinP, FreePySpy, PySpy
from tools import Tool

TOOLS = {tool.key: tool for tool in (
    Tool, Agent, Record, SystemCalls, Perf, PerfDwarf, PySpy, FreePySpy, Austin, AustinP, EuStack,
    Gdb, Strace, ProcessExporter)}
OURS = ("agent", "record", "syscalls")
# Of these the page says that they are left out, and why.
LEFT_OUT = {
    "Parca, Pyroscope with Alloy, OpenTelemetry's eBPF profiler":
        "in neither Debian nor PyPI, and need BPF",
}

#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a command with no more system calls than Linux 4.19 has, by a filter.

    Scripts/older_calls.py COMMAND [ARGUMENT ...]

Later calls fail with ENOSYS and PTRACE_GET_SYSCALL_INFO with EIO, as there. All else is the running
kernel's: this shows what a program makes of a missing call, and not how it does on Linux 4.19.
"""

import os
import sys

from confinement import without_calls_after

# arch/x86/entry/syscalls/syscall_64.tbl of Linux 4.19 ends with rseq. The request of ptrace came
# with Linux 5.3 (include/uapi/linux/ptrace.h).
LAST_CALL, GET_SYSCALL_INFO = 334, 0x420E


def main():
    without_calls_after(LAST_CALL, GET_SYSCALL_INFO)()
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()

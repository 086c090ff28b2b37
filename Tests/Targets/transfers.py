# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""As transfers.c, in Python, for tools that attach to Python programs only."""

import argparse
import json
import os
import signal
import time

CALLS = {"zero-read": lambda file, size: len(os.read(file, size)),
         "getrandom": lambda file, size: len(os.getrandom(size))}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loop", choices=CALLS, required=True)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--bytes", type=int, default=1 << 20)
    options = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    call, file = CALLS[options.loop], os.open("/dev/zero", os.O_RDONLY)
    calls = short = lost = 0
    print("ready", os.getpid(), flush=True)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end and signal.SIGTERM not in signal.sigpending():
        count = call(file, options.bytes)
        calls += 1
        short += count < options.bytes
        lost += options.bytes - count
    # Python itself begins a call again that fails with EINTR.
    print(json.dumps({"target": "transfers", "calls": calls, "short": short, "interrupted": 0,
                      "failed": 0, "lost_bytes": lost}), flush=True)


if __name__ == "__main__":
    main()

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A thread that computes for less than a timer tick and then sleeps, for ever.
//
//   bursts [--seconds N] [--burst-us N] [--sleep-us N]
//
// It makes no system call while it computes, so the kernel accounts for a burst at its end.

#include <stdatomic.h>

#include "target.h"

static double burst_us = 500, sleep_us = 10000;
static atomic_bool stopping;
static _Atomic uint64_t bursts;

static void *compute(void *argument) {
    while (!stopping) {
        compute_for((uint64_t)(burst_us * 1e3));
        sleep_until(now_ns() + (uint64_t)(sleep_us * 1e3));
        bursts++;
    }
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 10;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--burst-us", &burst_us, NULL, NULL},
        {"--sleep-us", &sleep_us, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    start_thread(compute, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    struct json json = json_begin("bursts");
    json_count(&json, "bursts", bursts);
    json_end();
    return 0;
}

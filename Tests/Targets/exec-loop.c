// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A single thread that executes its own program in a loop, with a little computing in between.
//
//   exec-loop [--seconds N] [--compute-us N]

#include "target.h"

int main(int argc, char **argv) {
    double seconds = 10, compute_us = 500, round = 0, deadline_ms = 0;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},         {"--compute-us", &compute_us, NULL, NULL},
        {"--round", &round, NULL, NULL}, {"--deadline-ms", &deadline_ms, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    if (round == 0) {
        deadline_ms = seconds > 0 ? (double)(now_ns() / MILLISECOND) + seconds * 1e3 : 1e15;
        announce_ready(getpid());
    }
    if (has_ended((uint64_t)deadline_ms * MILLISECOND)) {
        struct json json = json_begin("exec-loop");
        json_count(&json, "rounds", (uint64_t)round);
        json_end();
        return 0;
    }
    compute_for((uint64_t)(compute_us * 1e3));
    char next[32], computing[32], deadline[32];
    snprintf(next, sizeof next, "%.0f", round + 1);
    snprintf(computing, sizeof computing, "%.0f", compute_us);
    snprintf(deadline, sizeof deadline, "%.0f", deadline_ms);
    execl("/proc/self/exe", program_invocation_short_name, "--round", next, "--compute-us",
          computing, "--deadline-ms", deadline, (char *)NULL);
    fail("exec");
}

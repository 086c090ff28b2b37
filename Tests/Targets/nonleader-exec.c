// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A thread that is not the leader executes the program anew, round after round: each time the
// kernel ends the other threads and moves the thread to the leader's pid.
//
//   nonleader-exec [--seconds N] [--threads N] [--compute-us N]
//
// The count is handed on in the arguments; fewer rounds than alone is fine, an end to them is not.

#include "target.h"

struct state { double round, threads, compute_us, deadline_ms; };
static struct state state = {.threads = 2, .compute_us = 500};

static void *compute_for_ever(void *argument) {
    for (;;) compute_for(MILLISECOND);
    return argument;
}

static void execute_again(void) {
    char round[32], threads[32], compute_us[32], deadline[32];
    snprintf(round, sizeof round, "%.0f", state.round + 1);
    snprintf(threads, sizeof threads, "%.0f", state.threads);
    snprintf(compute_us, sizeof compute_us, "%.0f", state.compute_us);
    snprintf(deadline, sizeof deadline, "%.0f", state.deadline_ms);
    execl("/proc/self/exe", program_invocation_short_name, "--round", round, "--threads", threads,
          "--compute-us", compute_us, "--deadline-ms", deadline, (char *)NULL);
    fail("exec");
}

static void *execute(void *argument) {
    compute_for((uint64_t)(state.compute_us * 1e3));
    execute_again();
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 10;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--threads", &state.threads, NULL, NULL},
        {"--compute-us", &state.compute_us, NULL, NULL},
        {"--round", &state.round, NULL, NULL},
        {"--deadline-ms", &state.deadline_ms, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    if (state.round == 0) {
        state.deadline_ms = seconds > 0 ? (double)(now_ns() / MILLISECOND) + seconds * 1e3 : 1e15;
        announce_ready(getpid());
    }
    if (has_ended((uint64_t)state.deadline_ms * MILLISECOND)) {
        struct json json = json_begin("nonleader-exec");
        json_count(&json, "rounds", (uint64_t)state.round);
        json_end();
        return 0;
    }
    for (int i = 0; i < (int)state.threads; i++) start_thread(compute_for_ever, NULL);
    start_thread(execute, NULL);
    compute_for_ever(NULL);
}

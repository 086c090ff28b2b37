// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The same work again and again, timed by the program's own clocks: what slows it down is somebody
// else. Integers alone, so that no lap has other instructions than the one before.
//
//   laps [--seconds N] [--lap-ms N] [--depth FRAMES]
//
// How many iterations a lap has is found out once, at the start. Each lap prints a line: its begin
// (CLOCK_MONOTONIC), how long it took, and the CPU time of its thread, all in nanoseconds. What is
// between two laps is in none.

#include "target.h"

enum { STEP = 100000, TRIES = 20 };

static volatile uint64_t sink;
static uint64_t iterations, laps, end_ns;

__attribute__((noinline)) static void work(uint64_t count) {
    uint64_t state = 1;
    for (uint64_t i = 0; i < count; i++) random_next(&state);
    sink = state;
}

// From the quickest of some tries, which nobody has disturbed.
static uint64_t iterations_within(uint64_t ns) {
    uint64_t least = UINT64_MAX;
    for (int i = 0; i < TRIES; i++) {
        uint64_t begin = now_ns();
        work(STEP);
        uint64_t lasted = now_ns() - begin;
        if (lasted < least) least = lasted;
    }
    return ns * STEP / least;
}

__attribute__((noinline)) static void run(void) {
    while (!has_ended(end_ns)) {
        uint64_t begin = now_ns(), used = clock_ns(CLOCK_THREAD_CPUTIME_ID);
        work(iterations);
        used = clock_ns(CLOCK_THREAD_CPUTIME_ID) - used;
        printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", begin, now_ns() - begin, used);
        fflush(stdout);
        laps++;
    }
}

// A stack of known depth below the loop, so that who samples it has one to copy.
__attribute__((noinline)) static int descend(int depth) {
    volatile char frame[64] = {(char)depth};
    if (depth > 0) return descend(depth - 1) + frame[0];
    run();
    return frame[0];
}

int main(int argc, char **argv) {
    double seconds = 10, lap_ms = 50, depth = 20;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--lap-ms", &lap_ms, NULL, NULL},
        {"--depth", &depth, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    iterations = iterations_within((uint64_t)(lap_ms * 1e6));
    end_ns = deadline_after(seconds);
    announce_ready(getpid());
    descend((int)depth);
    struct json json = json_begin("laps");
    json_count(&json, "laps", laps);
    json_count(&json, "iterations", iterations);
    json_end();
    return 0;
}

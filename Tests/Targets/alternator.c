// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A thread that computes 1 ms in one function, 1 ms in another, and then sleeps, for ever.
//
//   alternator [--seconds N] [--sleep-us N]
//
// Both times are of its own CPU clock. What the clock gave each function is in the JSON, and what
// the kernel accounts the whole process for.

#include <stdatomic.h>
#include <sys/resource.h>

#include "target.h"

#define TURN MILLISECOND
#define UNIT 25000  // iterations; some 50 us, between two looks at the clock: each is a system call

static uint64_t spent_ns[2];
static volatile uint64_t sink;
static atomic_bool stopping;

static inline __attribute__((always_inline)) void work(int index) {
    uint64_t start = clock_ns(CLOCK_THREAD_CPUTIME_ID), now = start, state = start | 1;
    while (now - start < TURN) {
        for (int i = 0; i < UNIT; i++) random_next(&state);
        now = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    }
    sink = state;
    spent_ns[index] += now - start;
}

__attribute__((noinline)) static void first_turn(void) { work(0); }
__attribute__((noinline)) static void second_turn(void) { work(1); }

static void *alternate(void *argument) {
    const uint64_t *pause = argument;
    while (!stopping) {
        first_turn();
        second_turn();
        sleep_until(now_ns() + *pause);
    }
    return NULL;
}

static double kernel_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    double seconds = 10, sleep_us = 1000;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--sleep-us", &sleep_us, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    uint64_t pause = (uint64_t)(sleep_us * 1e3);
    start_thread(alternate, &pause);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    double all = (double)(spent_ns[0] + spent_ns[1]);
    struct json json = json_begin("alternator");
    json_number(&json, "first_turn", (double)spent_ns[0] / all);
    json_number(&json, "second_turn", (double)spent_ns[1] / all);
    json_number(&json, "kernel_seconds", kernel_seconds());
    json_end();
    return 0;
}

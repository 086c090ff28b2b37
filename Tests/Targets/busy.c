// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Threads that compute in three functions with a known split of 60, 30 and 10 %.
//
//   busy [--seconds N] [--threads N] [--sleepers N] [--queued-signal]
//
// The split that the thread's own CPU clock measured is in the JSON. --sleepers adds threads that
// never run. --queued-signal takes SIGRTMIN+4 in a handler and reports how many came.

#include <stdatomic.h>

#include "target.h"

#define SIGNAL (SIGRTMIN + 4)
#define UNIT 100000  // iterations; some 0.1 to 0.3 ms

static _Atomic uint64_t spent_ns[3], rounds;
static volatile uint64_t sink;
static volatile sig_atomic_t signals_taken;
static atomic_bool stopping;

// One body for all three, so that the split is that of the iterations.
static inline __attribute__((always_inline)) void work(uint64_t iterations) {
    uint64_t state = iterations | 1;
    for (uint64_t i = 0; i < iterations; i++) random_next(&state);
    sink = state;
}

__attribute__((noinline)) static void hot_sixty(void) { work(6 * UNIT); }
__attribute__((noinline)) static void warm_thirty(void) { work(3 * UNIT); }
__attribute__((noinline)) static void cool_ten(void) { work(1 * UNIT); }

static void measure(int index, void (*function)(void)) {
    uint64_t start = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    function();
    spent_ns[index] += clock_ns(CLOCK_THREAD_CPUTIME_ID) - start;
}

__attribute__((noinline)) static void *compute(void *argument) {
    while (!stopping) {
        measure(0, hot_sixty);
        measure(1, warm_thirty);
        measure(2, cool_ten);
        rounds++;
    }
    return argument;
}

static void *sleep_for_ever(void *argument) {
    for (;;) sleep_until(now_ns() + 3600 * NANOSECONDS);
    return argument;
}

static void take(int number) {
    (void)number;
    signals_taken++;
}

static void report(void) {
    double all = (double)(spent_ns[0] + spent_ns[1] + spent_ns[2]);
    struct json json = json_begin("busy");
    json_count(&json, "rounds", rounds);
    json_number(&json, "cpu_seconds", all / 1e9);
    json_number(&json, "hot_sixty", (double)spent_ns[0] / all);
    json_number(&json, "warm_thirty", (double)spent_ns[1] / all);
    json_number(&json, "cool_ten", (double)spent_ns[2] / all);
    json_count(&json, "signals", (uint64_t)signals_taken);
    json_end();
}

int main(int argc, char **argv) {
    double seconds = 10, threads = 1, sleepers = 0;
    bool queued_signal = false;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},   {"--threads", &threads, NULL, NULL},
        {"--sleepers", &sleepers, NULL, NULL}, {"--queued-signal", NULL, NULL, &queued_signal},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    struct sigaction action = {.sa_handler = take, .sa_flags = SA_RESTART};
    if (queued_signal) sigaction(SIGNAL, &action, NULL);
    // The handler runs in one thread, so that its count needs no lock.
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGNAL);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int i = 0; i < (int)threads; i++) start_thread(compute, NULL);
    for (int i = 0; i < (int)sleepers; i++) start_thread(sleep_for_ever, NULL);
    if (queued_signal) sigprocmask(SIG_UNBLOCK, &set, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    report();
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Threads that compute in three functions with a known split of 60, 30 and 10 %.
//
//   busy [--seconds N] [--threads N] [--sleepers N] [--queued-signal] [--held-after N]
//
// The split that the thread's own CPU clock measured is in the JSON. --sleepers adds threads that
// never run. --queued-signal takes SIGRTMIN+4 in a handler and reports how many came. --held-after
// reports for how long the threads neither ran nor waited for a CPU from N seconds after the start
// to the end: as they never wait for anything else, they were held then, but for what each change of
// threads takes of a CPU (arrivals counts those). After SIGUSR1 the third function takes three times
// as long.

#include <fcntl.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "target.h"

#define SIGNAL (SIGRTMIN + 4)
#define UNIT 100000  // iterations; some 0.1 to 0.3 ms

static _Atomic uint64_t spent_ns[3], rounds;
static volatile uint64_t sink;
static volatile sig_atomic_t signals_taken, cool_units = 1;
static atomic_bool stopping;
static uint64_t held_after_ns;
static _Atomic uint64_t accounted_ns, ran_ns, delayed_ns, arrivals;
static sem_t accounted;

// One body for all three, so that the split is that of the iterations.
static inline __attribute__((always_inline)) void work(uint64_t iterations) {
    uint64_t state = iterations | 1;
    for (uint64_t i = 0; i < iterations; i++) random_next(&state);
    sink = state;
}

__attribute__((noinline)) static void hot_sixty(void) { work(6 * UNIT); }
__attribute__((noinline)) static void warm_thirty(void) { work(3 * UNIT); }
__attribute__((noinline)) static void cool_ten(void) { work((uint64_t)cool_units * UNIT); }

static void measure(int index, void (*function)(void)) {
    uint64_t start = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    function();
    spent_ns[index] += clock_ns(CLOCK_THREAD_CPUTIME_ID) - start;
}

// A thread's time until now: in all, on a CPU, and waiting for one; and how often it came onto one.
struct account {
    uint64_t at_ns, ran_ns, delayed_ns, runs;
};

// The three belong to one moment only if the thread kept its CPU while it read them. The clock is
// one that nobody slews, as the scheduler's.
static struct account take_account(int schedstat) {
    for (;;) {
        struct account account = {.at_ns = clock_ns(CLOCK_MONOTONIC_RAW)};
        account.ran_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);
        struct schedule_counts counts = schedule_counts(schedstat);
        account.delayed_ns = counts.delay_ns;
        account.runs = counts.runs;
        if (clock_ns(CLOCK_MONOTONIC_RAW) - account.at_ns < 60 * MICROSECOND) return account;
    }
}

__attribute__((noinline)) static void *compute(void *argument) {
    int schedstat = held_after_ns > 0 ? open("/proc/thread-self/schedstat", O_RDONLY) : -1;
    struct account first = {0};
    while (!stopping) {
        measure(0, hot_sixty);
        measure(1, warm_thirty);
        measure(2, cool_ten);
        rounds++;
        if (schedstat >= 0 && first.at_ns == 0 && now_ns() >= held_after_ns)
            first = take_account(schedstat);
    }
    if (schedstat < 0) return argument;
    struct account last = take_account(schedstat);
    accounted_ns += last.at_ns - first.at_ns;
    ran_ns += last.ran_ns - first.ran_ns;
    delayed_ns += last.delayed_ns - first.delayed_ns;
    arrivals += last.runs - first.runs;
    sem_post(&accounted);
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

static void slow_down(int signal) {
    (void)signal;
    cool_units = 3;
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
    if (held_after_ns > 0) {
        json_number(&json, "accounted_cpu_seconds", (double)ran_ns / 1e9);
        json_count(&json, "arrivals", arrivals);
        json_number(&json, "held_seconds",
                    ((double)accounted_ns - (double)ran_ns - (double)delayed_ns) / 1e9);
    }
    json_end();
}

int main(int argc, char **argv) {
    double seconds = 10, threads = 1, sleepers = 0, held_after = 0;
    bool queued_signal = false;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},   {"--threads", &threads, NULL, NULL},
        {"--sleepers", &sleepers, NULL, NULL}, {"--queued-signal", NULL, NULL, &queued_signal},
        {"--held-after", &held_after, NULL, NULL}, {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    if (held_after > 0) held_after_ns = now_ns() + (uint64_t)(held_after * 1e9);
    sem_init(&accounted, 0, 0);
    struct sigaction action = {.sa_handler = take, .sa_flags = SA_RESTART};
    if (queued_signal) sigaction(SIGNAL, &action, NULL);
    struct sigaction regress = {.sa_handler = slow_down, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &regress, NULL);
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
    for (int i = 0; held_after > 0 && i < (int)threads; i++) sem_wait(&accounted);
    report();
    return 0;
}

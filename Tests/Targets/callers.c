// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Threads that make known system calls at known rates and count them.
//
//   callers [--seconds N] [--reads N] [--gets N] [--mixed N] [--naps N] [--foreign N]
//           [--absolute] [--threads N]
//
// Each option makes --threads threads that do something N times a second, or with -1 as often as
// they can: a byte of /dev/zero read; getppid; both and a byte written to /dev/null; a sleep, and
// getppid. Each computes for 50 ms first, so that it is not new. --foreign makes getppid the way that 32-bit programs do, where the machine has that. They
// wait for their turn by looking at the clock, which is no call; --naps sleeps for the time that is
// left, or with --absolute until the instant. A line of JSON says every 200 ms how often each call
// was made: "at_ns", "read", "write", "getppid", "clock_nanosleep", "foreign".

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/syscall.h>

#include "target.h"

static _Atomic uint64_t reads, writes, gets, naps, foreign;
static bool absolute;
static int zero, null;
static volatile bool stopping;

static void read_byte(void) {
    char byte;
    if (pread(zero, &byte, 1, 0) == 1) reads++;
}

static void write_byte(void) {
    if (write(null, "", 1) == 1) writes++;
}

static void get(void) {
    syscall(SYS_getppid);
    gets++;
}

static void mixed(void) {
    read_byte();
    get();
    write_byte();
}

static void get_foreign(void) {
#ifdef __x86_64__
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(64) : "memory", "r8", "r9", "r10", "r11");
    (void)result;
#endif
    foreign++;
}

static void nap_until(uint64_t next) {
    uint64_t now = now_ns();
    struct timespec time = timespec_of(absolute ? next : next > now ? next - now : 0);
    clock_nanosleep(CLOCK_MONOTONIC, absolute ? TIMER_ABSTIME : 0, &time, NULL);
    naps++;
}

struct kind {
    const char *option;
    void (*call)(void);
    bool naps;
    double rate;
};

static void *run(void *argument) {
    const struct kind *kind = argument;
    compute_for(50 * MILLISECOND);
    uint64_t period = kind->rate > 0 ? (uint64_t)(1e9 / kind->rate) : 0, next = now_ns();
    while (!stopping) {
        kind->call();
        if (period == 0) continue;
        next += period;
        if (kind->naps) nap_until(next);
        while (now_ns() < next && !stopping) {
        }
    }
    return NULL;
}

static void report(void) {
    struct json json = json_begin("callers");
    json_count(&json, "at_ns", now_ns());
    json_count(&json, "pread64", reads);
    json_count(&json, "write", writes);
    json_count(&json, "getppid", gets);
    json_count(&json, "clock_nanosleep", naps);
    json_count(&json, "foreign", foreign);
    json_end();
    fflush(stdout);
}

int main(int argc, char **argv) {
    double seconds = 10, threads = 1;
    static struct kind kinds[] = {
        {"--reads", read_byte, false, 0}, {"--gets", get, false, 0},
        {"--mixed", mixed, false, 0},     {"--naps", get, true, 0},
        {"--foreign", get_foreign, false, 0},
    };
    const int count = sizeof kinds / sizeof *kinds;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},       {"--threads", &threads, NULL, NULL},
        {kinds[0].option, &kinds[0].rate, NULL, NULL}, {kinds[1].option, &kinds[1].rate, NULL, NULL},
        {kinds[2].option, &kinds[2].rate, NULL, NULL}, {kinds[3].option, &kinds[3].rate, NULL, NULL},
        {kinds[4].option, &kinds[4].rate, NULL, NULL}, {"--absolute", NULL, NULL, &absolute},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    zero = open("/dev/zero", O_RDONLY);
    null = open("/dev/null", O_WRONLY);
    if (zero < 0 || null < 0) fail("open");
    for (int kind = 0; kind < count; kind++)
        for (int i = 0; kinds[kind].rate != 0 && i < (int)threads; i++)
            start_thread(run, &kinds[kind]);
    announce_ready(getpid());
    uint64_t deadline = deadline_after(seconds);
    sigset_t set = termination_set();
    struct timespec interval = timespec_of(200 * MILLISECOND);
    while (!has_ended(deadline) && sigtimedwait(&set, NULL, &interval) < 0) report();
    stopping = true;
    report();
    return 0;
}

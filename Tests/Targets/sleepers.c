// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Threads and processes that are asleep all the time: what an agent should find free of charge.
//
//   sleepers [--seconds N] [--threads N] [--processes N]
//
// Reports how often they were scheduled, which nothing here causes.

#include <sys/resource.h>
#include <sys/wait.h>

#include "target.h"

static void *sleep_for_ever(void *argument) {
    for (;;) sleep_until(now_ns() + 3600 * NANOSECONDS);
    return argument;
}

static void start_sleepers(int threads) {
    for (int i = 0; i < threads; i++) start_thread(sleep_for_ever, NULL);
}

int main(int argc, char **argv) {
    double seconds = 10, threads = 100, processes = 0;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},     {"--threads", &threads, NULL, NULL},
        {"--processes", &processes, NULL, NULL}, {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    for (int i = 0; i < (int)processes; i++) {
        pid_t child = fork();
        if (child < 0) fail("fork");
        if (child > 0) continue;
        become_child();
        start_sleepers((int)threads);
        sleep_for_ever(NULL);
    }
    if (processes == 0) start_sleepers((int)threads);
    sleep_until(now_ns() + 200 * MILLISECOND);  // until all sleep; it does not decide anything
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    getrusage(RUSAGE_SELF, &after);
    struct json json = json_begin("sleepers");
    json_count(&json, "switches", (uint64_t)(after.ru_nvcsw - before.ru_nvcsw));
    json_number(&json, "cpu_seconds",
                (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
                    (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6 +
                    (double)(after.ru_stime.tv_sec - before.ru_stime.tv_sec) +
                    (double)(after.ru_stime.tv_usec - before.ru_stime.tv_usec) / 1e6);
    json_end();
    // The children end with us: become_child() asked for that.
    return 0;
}

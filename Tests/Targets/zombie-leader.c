// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A process whose leader has ended while its threads go on: the leader is a zombie, its maps and
// exe are empty, and only a living thread can answer for the process.
//
//   zombie-leader [--seconds N] [--threads N]

#include <stdatomic.h>

#include "target.h"

static _Atomic uint64_t rounds;
static uint64_t deadline;

static void *compute(void *argument) {
    for (;;) {
        compute_for(MILLISECOND);
        rounds++;
    }
    return argument;
}

static bool leader_is_zombie(void) {
    char text[512] = {0};
    FILE *file = fopen("/proc/self/stat", "r");
    if (file == NULL || fgets(text, sizeof text, file) == NULL) fail("/proc/self/stat");
    fclose(file);
    char *end = strrchr(text, ')');
    return end != NULL && end[2] == 'Z';
}

static void *report(void *argument) {
    while (!leader_is_zombie()) sleep_until(now_ns() + MILLISECOND);
    announce_ready(getpid());
    wait_for_end(deadline);
    struct json json = json_begin("zombie-leader");
    json_count(&json, "rounds", rounds);
    json_end();
    exit(0);
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 10, threads = 2;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--threads", &threads, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    deadline = deadline_after(seconds);
    for (int i = 0; i < (int)threads; i++) start_thread(compute, NULL);
    start_thread(report, NULL);
    pthread_exit(NULL);
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A storm of short-lived processes: so many a second, each computing a little, every fourth with
// two threads. All must end by themselves with status 0, and within their time.
//
//   fork-storm [--seconds N] [--rate PROCESSES_PER_SECOND] [--compute-us N]

#include <sys/wait.h>

#include "target.h"

#define MAXIMUM_CHILDREN 8192

struct child { pid_t pid; uint64_t born_ns; };
static struct child children[MAXIMUM_CHILDREN];
static size_t living;

struct counts { uint64_t started, reaped, refused, failed, signalled, overdue; };
static struct histogram lifetimes;
static double compute_us = 1000;

static void *compute(void *argument) {
    compute_for((uint64_t)(compute_us * 1e3));
    return argument;
}

static void live(bool threaded) {
    pthread_t threads[2];
    become_child();
    for (int i = 0; threaded && i < 2; i++) {
        if (pthread_create(&threads[i], NULL, compute, NULL) != 0) _exit(3);
    }
    compute(NULL);
    for (int i = 0; threaded && i < 2; i++) pthread_join(threads[i], NULL);
    _exit(0);
}

static void reap(struct counts *counts) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        counts->reaped++;
        if (WIFSIGNALED(status)) counts->signalled++;
        else if (WEXITSTATUS(status) != 0) counts->failed++;
        for (size_t i = 0; i < living; i++) {
            if (children[i].pid != pid) continue;
            histogram_add(&lifetimes, now_ns() - children[i].born_ns);
            children[i] = children[--living];
            break;
        }
    }
}

static void start(struct counts *counts) {
    if (living == MAXIMUM_CHILDREN) {
        counts->refused++;
        return;
    }
    pid_t pid = fork();
    if (pid == 0) live(counts->started % 4 == 0);
    if (pid < 0) {
        counts->refused++;
        return;
    }
    counts->started++;
    children[living++] = (struct child){.pid = pid, .born_ns = now_ns()};
}

int main(int argc, char **argv) {
    double seconds = 10, rate = 500;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},       {"--rate", &rate, NULL, NULL},
        {"--compute-us", &compute_us, NULL, NULL}, {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    uint64_t begin = now_ns(), deadline = deadline_after(seconds);
    struct counts counts = {0};
    announce_ready(getpid());
    for (uint64_t turn = 0; !has_ended(deadline); turn++) {
        sleep_until(begin + (uint64_t)((double)turn * 1e9 / rate));
        start(&counts);
        reap(&counts);
    }
    uint64_t patience = now_ns() + 5 * NANOSECONDS;
    while (living > 0 && now_ns() < patience) {
        reap(&counts);
        sleep_until(now_ns() + MILLISECOND);
    }
    counts.overdue = living;
    struct json json = json_begin("fork-storm");
    json_count(&json, "started", counts.started);
    json_count(&json, "reaped", counts.reaped);
    json_count(&json, "refused", counts.refused);
    json_count(&json, "failed", counts.failed);
    json_count(&json, "signalled", counts.signalled);
    json_count(&json, "overdue", counts.overdue);
    json_histogram(&json, "lifetime_ns", &lifetimes);
    json_end();
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A thread in uninterruptible sleep most of the time: it waits for the slow child of a vfork.
//
//   dstate [--seconds N] [--blocked-ms N] [--compute-ms N]
//
// No stop arrives while the thread is in state D; a tracer that waits for one hangs. A second
// thread watches the state, so that the JSON shows that D was really there.

#include <fcntl.h>
#include <sys/wait.h>

#include "target.h"

static double blocked_ms = 100;
static pid_t sleeper_tid;
static _Atomic uint64_t looks, seen_blocked;

static void *watch(void *argument) {
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", (int)sleeper_tid);
    int fd = open(path, O_RDONLY);
    for (;;) {
        ssize_t length = pread(fd, text, sizeof text - 1, 0);
        if (length > 0) {
            text[length] = 0;
            const char *end = strrchr(text, ')');
            looks++;
            if (end != NULL && end[2] == 'D') seen_blocked++;
        }
        sleep_until(now_ns() + 5 * MILLISECOND);
    }
    return argument;
}

static bool block(void) {
    struct timespec time = timespec_of((uint64_t)(blocked_ms * 1e6));
    pid_t child = vfork();
    if (child == 0) {
        syscall(SYS_nanosleep, &time, NULL);
        _exit(0);
    }
    int status = 1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv) {
    double seconds = 10, compute_ms = 5;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--blocked-ms", &blocked_ms, NULL, NULL},
        {"--compute-ms", &compute_ms, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    uint64_t deadline = deadline_after(seconds), rounds = 0, failed = 0;
    sleeper_tid = (pid_t)syscall(SYS_gettid);
    start_thread(watch, NULL);
    announce_ready(getpid());
    while (!has_ended(deadline)) {
        failed += !block();
        rounds++;
        compute_for((uint64_t)(compute_ms * 1e6));
    }
    struct json json = json_begin("dstate");
    json_count(&json, "rounds", rounds);
    json_count(&json, "failed", failed);
    json_count(&json, "looks", looks);
    json_count(&json, "seen_blocked", seen_blocked);
    json_end();
    return 0;
}

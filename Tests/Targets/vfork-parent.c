// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A parent that calls vfork in a loop: while the child has its memory, the parent cannot be stopped
// (state D), and the child runs on the parent's stack.
//
//   vfork-parent [--seconds N] [--child exec|exit|slow] [--compute-us N] [--command PATH]

#include <sys/wait.h>

#include "target.h"

struct counts { uint64_t rounds, failed, interrupted; };

static pid_t launch(const char *kind, const char *command) {
    char *const arguments[] = {(char *)command, NULL};
    char *const environment[] = {NULL};
    bool execute = strcmp(kind, "exec") == 0, slow = strcmp(kind, "slow") == 0;
    pid_t child = vfork();
    if (child != 0) return child;
    if (slow) syscall(SYS_nanosleep, &(struct timespec){.tv_nsec = 20000000}, NULL);
    if (execute) execve(command, arguments, environment);
    _exit(execute ? 127 : 0);
}

int main(int argc, char **argv) {
    double seconds = 10, compute_us = 500;
    const char *kind = "exec", *command = "/bin/true";
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--compute-us", &compute_us, NULL, NULL},
        {"--child", NULL, &kind, NULL},      {"--command", NULL, &command, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    uint64_t deadline = deadline_after(seconds);
    struct counts counts = {0};
    announce_ready(getpid());
    while (!has_ended(deadline)) {
        compute_for((uint64_t)(compute_us * 1e3));
        pid_t child = launch(kind, command), reaped;
        int status = 0;
        if (child < 0) fail("vfork");
        while ((reaped = waitpid(child, &status, 0)) < 0 && errno == EINTR) counts.interrupted++;
        counts.rounds++;
        if (reaped != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) counts.failed++;
    }
    struct json json = json_begin("vfork-parent");
    json_count(&json, "rounds", counts.rounds);
    json_count(&json, "failed", counts.failed);
    json_count(&json, "interrupted", counts.interrupted);
    json_end();
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The real parent of a command: everything that wait(2) and SIGCHLD tell it about its child.
//
//   sentinel -- COMMAND [ARGUMENT...]
//
// A visit must be invisible here: only what somebody else did to the child may show. Passes
// SIGTERM on to the child, and reports when the child has ended.

#include <fcntl.h>
#include <sys/wait.h>

#include "target.h"

struct seen { uint64_t signals, stopped, continued, trapped, exited, killed, by_code[8]; };

static pid_t launch(char **command, int *output) {
    int ends[2];
    if (pipe(ends) != 0) fail("pipe");
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        become_child();
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(command[0], command);
        fail(command[0]);
    }
    close(ends[1]);
    *output = ends[0];
    return child;
}

// Takes every event there is; true when the child has ended.
static bool take_events(pid_t child, struct seen *seen) {
    for (;;) {
        siginfo_t info = {0};
        int flags = WSTOPPED | WCONTINUED | WEXITED | WNOHANG;
        if (waitid(P_PID, (id_t)child, &info, flags) != 0) return errno == ECHILD;
        if (info.si_pid == 0) return false;
        if (info.si_code == CLD_STOPPED) seen->stopped++;
        if (info.si_code == CLD_CONTINUED) seen->continued++;
        if (info.si_code == CLD_TRAPPED) seen->trapped++;
        if (info.si_code == CLD_EXITED) seen->exited++;
        if (info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED) seen->killed++;
        if (info.si_code == CLD_EXITED || info.si_code == CLD_KILLED ||
            info.si_code == CLD_DUMPED) {
            return true;
        }
    }
}

static void report(const struct seen *seen) {
    struct json json = json_begin("sentinel");
    json_count(&json, "sigchld", seen->signals);
    json_count(&json, "stopped", seen->stopped);
    json_count(&json, "continued", seen->continued);
    json_count(&json, "trapped", seen->trapped);
    json_count(&json, "exited", seen->exited);
    json_count(&json, "killed", seen->killed);
    json_open(&json, "sigchld_by_code", '{');
    static const char *const names[] = {"other",   "exited",  "killed",   "dumped",
                                        "trapped", "stopped", "continued"};
    for (int i = 0; i < 7; i++) json_count(&json, names[i], seen->by_code[i]);
    json_close(&json, '}');
    json_end();
}

// The child's lines go through, so that its own JSON line comes before ours.
static void pass_output(int fd, bool until_ready) {
    char text[4096];
    for (ssize_t length; (length = read(fd, text, sizeof text)) != 0;) {
        if (length < 0) continue;
        fwrite(text, 1, (size_t)length, stdout);
        fflush(stdout);
        if (until_ready && text[length - 1] == '\n') return;
    }
}

int main(int argc, char **argv) {
    const struct option_spec none[] = {{0}};
    int first = parse_options(argc, argv, none);
    if (first >= argc) {
        fprintf(stderr, "sentinel: no command; usage: sentinel -- COMMAND [ARGUMENT...]\n");
        return 2;
    }
    hold_termination();
    sigset_t awaited = termination_set();
    sigaddset(&awaited, SIGCHLD);
    sigprocmask(SIG_BLOCK, &awaited, NULL);
    int output;
    struct seen seen = {0};
    pid_t child = launch(argv + first, &output);
    pass_output(output, true);  // the child's `ready PID`
    for (bool ended = false; !ended;) {
        siginfo_t info;
        struct timespec second = {.tv_sec = 1};
        int number = sigtimedwait(&awaited, &info, &second);
        if (number == SIGTERM || number == SIGINT) {
            // First what came before: an exit takes the place of a continuation not yet waited for.
            ended = take_events(child, &seen);
            if (ended) break;
            kill(child, SIGTERM);
        }
        if (number == SIGCHLD) {
            seen.signals++;
            seen.by_code[info.si_code >= 1 && info.si_code <= 6 ? info.si_code : 0]++;
        }
        ended = take_events(child, &seen);
    }
    pass_output(output, false);
    report(&seen);
    return 0;
}

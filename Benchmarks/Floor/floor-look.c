// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The floor under the cost of sampling one thread at a steady rate: the bare system calls of a look
// and a visit, in C, and nothing else. The levels add up, so that one can see what is spent where.
//
//   floor-look PID TID HERTZ SECONDS LEVEL
//
//   0 only wakes up; 1 reads the process's clock, `schedstat` and `status`; 2 visits the thread too
//
// Prints the CPU time it took, in percent of one CPU (proc(5), `schedstat`).

#include <elf.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void visit(pid_t tid) {
    if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) < 0) exit(1);
    ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
    siginfo_t event = {0};
    while (event.si_pid == 0) {
        waitid(P_PID, (id_t)tid, &event, WSTOPPED | WEXITED | WNOWAIT | WNOHANG | __WALL);
    }
    struct user_regs_struct registers;
    struct iovec area = {&registers, sizeof registers};
    ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &area);
    ptrace(PTRACE_DETACH, tid, NULL, NULL);
}

static int open_file(pid_t pid, pid_t tid, const char *name) {
    char path[96];
    snprintf(path, sizeof path, "/proc/%d/task/%d/%s", pid, tid, name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

int main(int argc, char **argv) {
    if (argc != 6) return 2;
    pid_t pid = atoi(argv[1]), tid = atoi(argv[2]);
    long hertz = atol(argv[3]), ticks = hertz * atol(argv[4]), level = atol(argv[5]);
    int schedstat = open_file(pid, tid, "schedstat"), status = open_file(pid, tid, "status");
    clockid_t clock;
    if (schedstat < 0 || status < 0 || clock_getcpuclockid(pid, &clock) != 0) return 1;
    prctl(PR_SET_TIMERSLACK, 1000);
    char bytes[4096];
    uint64_t next = now_ns();
    for (long tick = 0; tick < ticks; tick++) {
        next += 1000000000u / (uint64_t)hertz;
        uint64_t now = now_ns(), wait = next > now ? next - now : 0;
        struct timespec timeout = {(time_t)(wait / 1000000000u), (long)(wait % 1000000000u)};
        ppoll(NULL, 0, &timeout, NULL);
        if (level < 1) continue;
        struct timespec used;
        clock_gettime(clock, &used);
        if (pread(schedstat, bytes, sizeof bytes, 0) < 0) return 1;
        if (pread(status, bytes, sizeof bytes, 0) < 0) return 1;
        if (level >= 2) visit(tid);
    }
    int own = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    ssize_t length = pread(own, bytes, sizeof bytes - 1, 0);
    if (length <= 0) return 1;
    bytes[length] = 0;
    printf("%.4f\n", (double)strtoull(bytes, NULL, 10) / 1e9 / atof(argv[4]) * 100);
    return 0;
}

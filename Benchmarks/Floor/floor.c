// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The floor under a visit's pause: the bare system calls in C, and nothing else. It waits for the
// stop either blocked in waitid or by asking again and again.
//
//   floor block|spin TID VISITS STACK_BYTES GAP_US
//
// Prints for each visit when the stop was asked for and when the detach returned, in nanoseconds of
// CLOCK_MONOTONIC.

#include <elf.h>
#include <inttypes.h>
#include <signal.h>
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

static void await_stop(pid_t tid, int spins) {
    siginfo_t event;
    int flags = WSTOPPED | WEXITED | WNOWAIT | __WALL | (spins ? WNOHANG : 0);
    do {
        memset(&event, 0, sizeof event);
        if (waitid(P_PID, (id_t)tid, &event, flags) < 0) {
            perror("waitid");
            exit(1);
        }
#if defined(__x86_64__)
        if (spins) __builtin_ia32_pause();
#endif
    } while (event.si_pid == 0);
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: floor block|spin TID VISITS STACK_BYTES GAP_US\n");
        return 2;
    }
    int spins = strcmp(argv[1], "spin") == 0, visits = atoi(argv[3]);
    pid_t tid = atoi(argv[2]);
    size_t stack = (size_t)atol(argv[4]);
    useconds_t gap = (useconds_t)atol(argv[5]);
    uint64_t(*times)[2] = calloc((size_t)visits, sizeof *times);
    char *bytes = malloc(stack + 1);
    if (times == NULL || bytes == NULL) return 1;
    prctl(PR_SET_TIMERSLACK, 1000);
    for (int visit = 0; visit < visits; visit++) {
        usleep(gap);
        if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) < 0) {
            perror("PTRACE_SEIZE");
            return 1;
        }
        times[visit][0] = now_ns();
        ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
        await_stop(tid, spins);
        struct user_regs_struct registers;
        struct iovec area = {&registers, sizeof registers};
        ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &area);
        if (stack > 0) {
#if defined(__x86_64__)
            void *top = (void *)registers.rsp;
#else
            void *top = (void *)registers.sp;
#endif
            struct iovec local = {bytes, stack}, remote = {top, stack};
            if (process_vm_readv(tid, &local, 1, &remote, 1, 0) < 0) perror("process_vm_readv");
        }
        ptrace(PTRACE_DETACH, tid, NULL, NULL);
        times[visit][1] = now_ns();
    }
    for (int visit = 0; visit < visits; visit++) {
        printf("%" PRIu64 " %" PRIu64 "\n", times[visit][0], times[visit][1]);
    }
    return 0;
}

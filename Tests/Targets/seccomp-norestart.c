// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A program under a seccomp allow-list that was written without ptrace in mind: restart_syscall is
// not on it. A stop in a sleep that the kernel resumes by restart_syscall kills the program.
//
//   seccomp-norestart [--seconds N] [--compute-us N]
//
// The filtered process is a child, which `ready` names; its parent reports how it ended.

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "target.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

struct shared { _Atomic uint64_t rounds, spurious, wrong; };

static const unsigned allowed[] = {
    SYS_nanosleep, SYS_clock_nanosleep, SYS_ppoll,      SYS_futex,  SYS_epoll_pwait,
    SYS_exit,      SYS_exit_group,      SYS_rt_sigpending, SYS_read,
    SYS_write,     SYS_rt_sigreturn,    SYS_brk,        SYS_mmap,   SYS_munmap,
    SYS_clock_gettime,
#ifdef SYS_poll
    SYS_poll,
#endif
};

static void install_filter(void) {
    enum { COUNT = sizeof allowed / sizeof *allowed };
    struct sock_filter code[COUNT + 6];
    unsigned at = 0;
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                              offsetof(struct seccomp_data, arch));
    code[at++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, COUNT + 1);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                              offsetof(struct seccomp_data, nr));
    for (unsigned i = 0; i < COUNT; i++) {
        code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed[i],
                                                  (uint8_t)(COUNT - i), 0);
    }
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = (unsigned short)at, .filter = code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        fail("seccomp");
    }
}

// Three waits of 1 ms that the kernel resumes by restart_syscall when no handler runs.
static long wait_briefly(uint64_t round) {
    static uint32_t word;
    struct timespec millisecond = {.tv_nsec = 1000000};
    if (round % 3 == 0) return syscall(SYS_nanosleep, &millisecond, NULL);
#ifdef SYS_poll
    if (round % 3 == 1) return syscall(SYS_poll, NULL, 0, 1);
#else
    if (round % 3 == 1) return syscall(SYS_ppoll, NULL, 0, &millisecond, NULL, 0);
#endif
    long result = syscall(SYS_futex, &word, FUTEX_WAIT, 0, &millisecond, NULL, 0);
    return result == -1 && errno == ETIMEDOUT ? 0 : -1;
}

static void run(struct shared *shared, double compute_us, uint64_t deadline) {
    while (!has_ended(deadline)) {
        compute_for((uint64_t)(compute_us * 1e3));
        if (wait_briefly(shared->rounds++) == 0) continue;
        if (errno == EINTR) shared->spurious++;
        else shared->wrong++;
    }
    _exit(0);
}

int main(int argc, char **argv) {
    double seconds = 10, compute_us = 200;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--compute-us", &compute_us, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) fail("mmap");
    uint64_t deadline = deadline_after(seconds);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        install_filter();
        run(shared, compute_us, deadline);
    }
    announce_ready(child);
    int status = 0;
    sigset_t awaited = termination_set();
    struct timespec moment = {.tv_nsec = 10000000};
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (sigtimedwait(&awaited, NULL, &moment) > 0) kill(child, SIGTERM);
    }
    struct json json = json_begin("seccomp-norestart");
    json_count(&json, "rounds", shared->rounds);
    json_count(&json, "spurious", shared->spurious);
    json_count(&json, "wrong", shared->wrong);
    json_count(&json, "killed_by_signal", WIFSIGNALED(status) ? (uint64_t)WTERMSIG(status) : 0);
    json_end();
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Records stacks of a thread: at random moments its registers and the top of its stack.
//
//   slabs-record TID COUNT STACK_BYTES FILE
//
// The thread is left stopped (SIGSTOP), with all that is mapped, for those that unwind its stacks.

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slabs.h"

static void stop(pid_t tid) {
    if (ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) < 0) slabs_fail("PTRACE_INTERRUPT");
    int status = 0;
    if (waitpid(tid, &status, __WALL) < 0) slabs_fail("waitpid");
    if (!WIFSTOPPED(status)) {
        fprintf(stderr, "slabs-record: the thread has ended\n");
        exit(1);
    }
    // A signal of its own came first; the next stop is as good.
    if (status >> 16 == 0 && WSTOPSIG(status) != SIGTRAP) {
        ptrace(PTRACE_CONT, tid, NULL, (void *)(long)WSTOPSIG(status));
        stop(tid);
    }
}

static void record(pid_t tid, size_t limit, uint8_t *bytes, FILE *file) {
    struct user_regs_struct r;
    if (ptrace(PTRACE_GETREGS, tid, NULL, &r) < 0) slabs_fail("PTRACE_GETREGS");
    const uint64_t base = r.rsp - slab_red_zone;
    const uint64_t words[slab_registers + 1] = {
        r.rax, r.rdx, r.rcx, r.rbx, r.rsi, r.rdi, r.rbp, r.rsp, r.r8,
        r.r9,  r.r10, r.r11, r.r12, r.r13, r.r14, r.r15, r.rip, base,
    };
    memset(bytes, 0, limit);
    struct iovec local = {bytes, limit}, remote = {(void *)base, limit};
    ssize_t copied = process_vm_readv(tid, &local, 1, &remote, 1, 0);
    uint64_t count = copied > 0 ? (uint64_t)copied : 0;
    fwrite(words, sizeof words, 1, file);
    fwrite(&count, sizeof count, 1, file);
    fwrite(bytes, 1, (count + 7) / 8 * 8, file);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: slabs-record TID COUNT STACK_BYTES FILE\n");
        return 2;
    }
    pid_t tid = atoi(argv[1]);
    uint64_t count = strtoull(argv[2], NULL, 10);
    size_t limit = strtoull(argv[3], NULL, 10) / 8 * 8;
    uint8_t *bytes = malloc(limit);
    FILE *file = fopen(argv[4], "wb");
    if (file == NULL || bytes == NULL) slabs_fail(argv[4]);
    fwrite(slab_magic, sizeof slab_magic, 1, file);
    fwrite(&count, sizeof count, 1, file);
    if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) < 0) slabs_fail("PTRACE_SEIZE");
    srandom(1);
    for (uint64_t index = 0; index < count; index++) {
        usleep((useconds_t)(random() % 2000));
        stop(tid);
        record(tid, limit, bytes, file);
        if (ptrace(PTRACE_CONT, tid, NULL, NULL) < 0) slabs_fail("PTRACE_CONT");
    }
    stop(tid);
    ptrace(PTRACE_DETACH, tid, NULL, (void *)(long)SIGSTOP);
    return fclose(file) == 0 ? 0 : 1;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE

#include "CUnwindOracle.h"

#include <elfutils/libdwfl.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { register_count = 17, copy_limit = 1 << 16 };

struct unwind_oracle {
    pid_t pid;
    int pending_signal;
    uint64_t registers[register_count];
    uint64_t base;
    size_t count;
    uint8_t *bytes;
    Dwfl *dwfl;
    uint64_t *frames;
    int frame_count, frame_limit;
};

static char *no_debug_path = "";

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_linux_proc_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .debuginfo_path = &no_debug_path,
};

static pid_t next_thread(Dwfl *dwfl, void *argument, void **thread) {
    (void)dwfl;
    unwind_oracle *oracle = argument;
    if (*thread != NULL) return 0;
    *thread = oracle;
    return oracle->pid;
}

static bool get_thread(Dwfl *dwfl, pid_t tid, void *argument, void **thread) {
    (void)dwfl;
    unwind_oracle *oracle = argument;
    *thread = oracle;
    return tid == oracle->pid;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *result, void *argument) {
    (void)dwfl;
    const unwind_oracle *oracle = argument;
    if (address < oracle->base || oracle->count < sizeof *result
        || address - oracle->base > oracle->count - sizeof *result) {
        return false;
    }
    memcpy(result, oracle->bytes + (address - oracle->base), sizeof *result);
    return true;
}

static bool set_registers(Dwfl_Thread *thread, void *argument) {
    unwind_oracle *oracle = argument;
    return dwfl_thread_state_registers(thread, 0, register_count, oracle->registers);
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
    .next_thread = next_thread,
    .get_thread = get_thread,
    .memory_read = read_memory,
    .set_initial_registers = set_registers,
};

static int read_registers(unwind_oracle *oracle) {
    struct user_regs_struct r;
    if (ptrace(PTRACE_GETREGS, oracle->pid, NULL, &r) < 0) return -1;
    const uint64_t values[register_count] = {
        r.rax, r.rdx, r.rcx, r.rbx, r.rsi, r.rdi, r.rbp, r.rsp, r.r8,
        r.r9,  r.r10, r.r11, r.r12, r.r13, r.r14, r.r15, r.rip,
    };
    memcpy(oracle->registers, values, sizeof values);
    return 0;
}

unwind_oracle *unwind_oracle_start(const char *program) {
    pid_t pid = fork();
    if (pid < 0) return NULL;
    if (pid == 0) {
        // The same addresses in each run, so that a difference can be looked at again.
        personality(ADDR_NO_RANDOMIZE);
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    if (waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status)) return NULL;
    ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)PTRACE_O_EXITKILL);
    unwind_oracle *oracle = calloc(1, sizeof *oracle);
    if (oracle == NULL) return NULL;
    oracle->pid = pid;
    oracle->bytes = malloc(copy_limit);
    read_registers(oracle);
    unwind_oracle_renew(oracle);
    return oracle;
}

void unwind_oracle_end(unwind_oracle *oracle) {
    if (oracle->pid > 0) {
        kill(oracle->pid, SIGKILL);
        waitpid(oracle->pid, NULL, 0);
    }
    if (oracle->dwfl != NULL) dwfl_end(oracle->dwfl);
    free(oracle->bytes);
    free(oracle);
}

pid_t unwind_oracle_pid(const unwind_oracle *oracle) { return oracle->pid; }

int unwind_oracle_step(unwind_oracle *oracle) {
    int signal = oracle->pending_signal, status = 0;
    oracle->pending_signal = 0;
    if (ptrace(PTRACE_SINGLESTEP, oracle->pid, NULL, (void *)(long)signal) < 0
        || waitpid(oracle->pid, &status, 0) < 0 || !WIFSTOPPED(status)) {
        oracle->pid = 0;
        return 0;
    }
    if (WSTOPSIG(status) != SIGTRAP) oracle->pending_signal = WSTOPSIG(status);
    return read_registers(oracle) == 0;
}

int unwind_oracle_is_at_system_call(const unwind_oracle *oracle) {
    uint8_t code[2] = {0};
    struct iovec local = {code, sizeof code};
    struct iovec remote = {(void *)oracle->registers[16], sizeof code};
    return process_vm_readv(oracle->pid, &local, 1, &remote, 1, 0) == 2 && code[0] == 0x0f
        && code[1] == 0x05;
}

const uint64_t *unwind_oracle_registers(const unwind_oracle *oracle) { return oracle->registers; }

size_t unwind_oracle_copy(unwind_oracle *oracle, size_t below, size_t count, const uint8_t **bytes,
                          uint64_t *base) {
    oracle->base = oracle->registers[7] - below;
    struct iovec local = {oracle->bytes, count < copy_limit ? count : copy_limit};
    struct iovec remote = {(void *)oracle->base, local.iov_len};
    ssize_t copied = process_vm_readv(oracle->pid, &local, 1, &remote, 1, 0);
    oracle->count = copied > 0 ? (size_t)copied : 0;
    *bytes = oracle->bytes;
    *base = oracle->base;
    return oracle->count;
}

void unwind_oracle_renew(unwind_oracle *oracle) {
    if (oracle->dwfl != NULL) dwfl_end(oracle->dwfl);
    oracle->dwfl = dwfl_begin(&callbacks);
    if (oracle->dwfl == NULL) return;
    dwfl_linux_proc_report(oracle->dwfl, oracle->pid);
    dwfl_report_end(oracle->dwfl, NULL, NULL);
    dwfl_attach_state(oracle->dwfl, NULL, oracle->pid, &thread_callbacks, oracle);
}

static int take_frame(Dwfl_Frame *frame, void *argument) {
    unwind_oracle *oracle = argument;
    Dwarf_Addr pc;
    bool is_activation;
    if (oracle->frame_count == oracle->frame_limit || !dwfl_frame_pc(frame, &pc, &is_activation)) {
        return DWARF_CB_ABORT;
    }
    oracle->frames[oracle->frame_count++] = pc - (is_activation ? 0 : 1);
    return DWARF_CB_OK;
}

int unwind_oracle_frames(unwind_oracle *oracle, uint64_t *addresses, int limit) {
    oracle->frames = addresses;
    oracle->frame_limit = limit;
    oracle->frame_count = 0;
    dwfl_getthread_frames(oracle->dwfl, oracle->pid, take_frame, oracle);
    return oracle->frame_count;
}

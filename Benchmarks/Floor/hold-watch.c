// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Preloaded (ld.so(8), LD_PRELOAD), this counts what a program allocates and frees on the thread that
// holds another: between PTRACE_INTERRUPT and PTRACE_DETACH. At its end it writes the counts to the
// file that HOLD_WATCH names. With HOLD_WATCH_SPOIL set, each hold allocates once, to show that it is
// seen.

#include <dlfcn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/types.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static _Thread_local int holding;
static atomic_ulong holds, allocations, frees;

static void count_allocation(void) {
    if (holding) atomic_fetch_add(&allocations, 1);
}

void *malloc(size_t size) {
    count_allocation();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    count_allocation();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    count_allocation();
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count_allocation();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    count_allocation();
    *memory = __libc_memalign(alignment, size);
    return *memory == NULL;
}

void free(void *memory) {
    if (holding && memory != NULL) atomic_fetch_add(&frees, 1);
    __libc_free(memory);
}

// The C library's declaration is variadic.
long ptrace(enum __ptrace_request request, ...) {
    static long (*real)(enum __ptrace_request, pid_t, void *, void *);
    if (real == NULL) {
        real = (long (*)(enum __ptrace_request, pid_t, void *, void *))dlsym(RTLD_NEXT, "ptrace");
    }
    va_list list;
    va_start(list, request);
    pid_t tid = va_arg(list, pid_t);
    void *address = va_arg(list, void *), *data = va_arg(list, void *);
    va_end(list);
    if (request == PTRACE_INTERRUPT) {
        holding = 1;
        if (getenv("HOLD_WATCH_SPOIL") != NULL) {
            void *volatile spoil = malloc(16);
            free(spoil);
        }
    }
    long result = real(request, tid, address, data);
    if (request == PTRACE_DETACH) {
        if (holding) atomic_fetch_add(&holds, 1);
        holding = 0;
    }
    return result;
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("HOLD_WATCH");
    FILE *file = path == NULL ? NULL : fopen(path, "we");
    if (file == NULL) return;
    fprintf(file, "%lu %lu %lu\n", atomic_load(&holds), atomic_load(&allocations),
            atomic_load(&frees));
    fclose(file);
}

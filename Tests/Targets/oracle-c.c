// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A short program with the frames that are hard to unwind, for being run one instruction at a time:
// lazy binding, callbacks out of the C library, recursion, a realigned stack, alloca, a signal
// handler, longjmp.

#include <alloca.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile int sink;
static jmp_buf escape;

__attribute__((noinline)) static int compare(const void *left, const void *right) {
    return *(const int *)left - *(const int *)right;
}

__attribute__((noinline)) static int recurse(int depth) {
    volatile int local = depth;
    if (depth == 0) return sink;
    return recurse(depth - 1) + local;
}

// More alignment than the ABI gives makes the compiler realign the stack.
__attribute__((noinline)) static int realigned(int value) {
    _Alignas(64) volatile char bytes[128];
    memset((void *)bytes, value, sizeof bytes);
    return bytes[value & 63] + recurse(2);
}

__attribute__((noinline)) static int dynamic(size_t count) {
    volatile char *bytes = alloca(count);
    memset((void *)bytes, 1, count);
    return bytes[count / 2] + recurse(1);
}

__attribute__((noinline)) static void handle(int number) { sink += number + recurse(1); }

__attribute__((noinline)) static void leave(volatile int depth) {
    if (sink != -1 && depth == 0) longjmp(escape, 1);
    if (sink != -1) leave(depth - 1);
    sink++;
}

int main(void) {
    int values[] = {5, 3, 9, 1, 7, 2};
    qsort(values, sizeof values / sizeof *values, sizeof *values, compare);
    sink += values[0] + recurse(5) + realigned(3) + dynamic(200);
    signal(SIGUSR1, handle);
    raise(SIGUSR1);
    if (setjmp(escape) == 0) leave(3);
    char text[64];
    snprintf(text, sizeof text, "%d %s %.3f", sink, "text", 1.5);
    char *copy = strdup(text);
    sink += (int)strlen(copy);
    free(copy);
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Threads that wait, for stacks without a stop:
//
//   waiters [--seconds N]
//
// One waits for good in functions that find their frames by the frame pointer alone, one of them
// entered through a pointer; one computes for 2 ms and sleeps for 8 ms in turns; the first thread
// waits for the end.

#include <alloca.h>
#include <stdatomic.h>

#include "target.h"

static volatile uint64_t sink;
static atomic_bool stopping;
static int ends[2];
static volatile size_t bytes = 200;

// Memory of a size that only the running program knows: the frame is found by the frame pointer.
__attribute__((noinline)) static uint64_t wait_inner(void) {
    volatile char *memory = alloca(bytes);
    memory[0] = 1;
    char byte;
    sink += (uint64_t)read(ends[0], &byte, 1);
    return (uint64_t)memory[0];
}

__attribute__((noinline)) static uint64_t wait_middle(void) {
    volatile char *memory = alloca(3 * bytes);
    memory[0] = (char)wait_inner();
    return (uint64_t)memory[0] + 1;
}

static uint64_t (*volatile middle)(void) = wait_middle;

__attribute__((noinline)) static uint64_t wait_outer(void) {
    volatile char *memory = alloca(2 * bytes);
    memory[0] = (char)middle();
    return (uint64_t)memory[0] + 1;
}

static void *wait_for_good(void *argument) {
    sink += wait_outer();
    return argument;
}

__attribute__((noinline)) static void compute(void) {
    uint64_t state = 1, end = now_ns() + 2 * MILLISECOND;
    while (now_ns() < end) {
        for (int i = 0; i < 1000; i++) random_next(&state);
    }
    sink = state;
}

__attribute__((noinline)) static void doze(void) { sleep_until(now_ns() + 8 * MILLISECOND); }

static void *breathe(void *argument) {
    while (!stopping) {
        compute();
        doze();
    }
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 0;
    const struct option_spec options[] = {{"--seconds", &seconds, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    if (pipe(ends) != 0) fail("pipe");
    start_thread(wait_for_good, NULL);
    start_thread(breathe, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    return 0;
}

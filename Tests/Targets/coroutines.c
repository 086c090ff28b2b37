// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Code on other stacks than its thread's: a coroutine of ucontext(3), and a signal handler on a
// stack of its own (sigaltstack(2)), by turns of some milliseconds.
//
//   coroutines [--seconds N]

#include <stdatomic.h>
#include <ucontext.h>

#include "target.h"

#define STACK_BYTES (256 * 1024)

static ucontext_t main_context, coroutine_context;
static atomic_bool stopping;

__attribute__((noinline)) static void work_in_coroutine(void) { compute_for(3 * MILLISECOND); }
__attribute__((noinline)) static void work_in_handler(void) { compute_for(3 * MILLISECOND); }
__attribute__((noinline)) static void work_on_own_stack(void) { compute_for(3 * MILLISECOND); }

static void run_coroutine(void) {
    for (;;) {
        work_in_coroutine();
        swapcontext(&coroutine_context, &main_context);
    }
}

static void handle(int number) {
    (void)number;
    work_in_handler();
}

static void *compute(void *argument) {
    stack_t stack = {.ss_sp = malloc(STACK_BYTES), .ss_size = STACK_BYTES};
    sigaltstack(&stack, NULL);
    getcontext(&coroutine_context);
    coroutine_context.uc_stack.ss_sp = malloc(STACK_BYTES);
    coroutine_context.uc_stack.ss_size = STACK_BYTES;
    makecontext(&coroutine_context, run_coroutine, 0);
    while (!stopping) {
        swapcontext(&main_context, &coroutine_context);
        raise(SIGUSR2);
        work_on_own_stack();
    }
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 10;
    const struct option_spec options[] = {{"--seconds", &seconds, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART | SA_ONSTACK};
    sigaction(SIGUSR2, &action, NULL);
    start_thread(compute, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    return 0;
}

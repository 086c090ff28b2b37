// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A thread that computes in one function, whose work is that of functions inlined into it: `mix`
// in `fold` in `digest`. Compiled with -O2, unlike the others.
//
//   inlined [--seconds N]

#include <stdatomic.h>

#include "target.h"

static volatile uint64_t sink;
static atomic_bool stopping;

static inline __attribute__((always_inline)) uint64_t mix(uint64_t state) {
    state ^= state >> 33;
    state *= 0xff51afd7ed558ccdull;
    return state ^ state >> 29;
}

static inline __attribute__((always_inline)) uint64_t fold(uint64_t state, unsigned times) {
    for (unsigned i = 0; i < times; i++) state = mix(state + i);
    return state;
}

__attribute__((noinline)) static uint64_t digest(uint64_t seed) {
    uint64_t first = fold(seed, 20000);
    return first ^ fold(~seed, 10000);
}

__attribute__((noinline)) static void *compute(void *argument) {
    for (uint64_t seed = 1; !stopping; seed++) sink = digest(seed);
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 10;
    const struct option_spec options[] = {{"--seconds", &seconds, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    start_thread(compute, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    struct json json = json_begin("inlined");
    json_end();
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Computes at the bottom of a deep recursion.
//
//   deep [--seconds N] [--frames N] [--frame-bytes N]

#include <alloca.h>
#include <stdatomic.h>

#include "target.h"

static volatile uint64_t sink;
static atomic_bool stopping;

__attribute__((noinline)) static void bottom(void) {
    uint64_t state = 1;
    while (!stopping) {
        for (int i = 0; i < 100000; i++) random_next(&state);
        sink = state;
    }
}

// Not a tail call: the memory is used again after it.
__attribute__((noinline)) static uint64_t descend(int frames, size_t bytes) {
    volatile char *memory = alloca(bytes);
    memory[0] = (char)frames;
    if (frames > 1) {
        sink += descend(frames - 1, bytes);
    } else {
        bottom();
    }
    return (uint64_t)memory[0];
}

static int frames_wanted;
static size_t frame_bytes;

static void *compute(void *argument) {
    sink += descend(frames_wanted, frame_bytes);
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 0, frames = 100, bytes = 64;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--frames", &frames, NULL, NULL},
        {"--frame-bytes", &bytes, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    frames_wanted = (int)frames;
    frame_bytes = (size_t)bytes;
    start_thread(compute, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    return 0;
}

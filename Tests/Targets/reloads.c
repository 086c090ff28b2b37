// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Loads libraries by turns, computes in each for a while, and unloads it, for ever.
//
//   reloads [--seconds N] [--load-ms N] -- LIBRARY ...
//
// Each library has a function `run`, which gets the nanoseconds to compute for. Libraries of one
// size are mapped at one address, the one after the other.

#include <dlfcn.h>
#include <stdatomic.h>

#include "target.h"

static double load_ms = 100;
static char **libraries;
static int library_count;
static atomic_bool stopping;

static void *compute(void *argument) {
    for (int i = 0; !stopping; i = (i + 1) % library_count) {
        void *library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) fail(dlerror());
        // POSIX makes the conversion of the pointer work.
        void (*run)(uint64_t) = (void (*)(uint64_t))dlsym(library, "run");
        run((uint64_t)(load_ms * 1e6));
        dlclose(library);
    }
    return argument;
}

int main(int argc, char **argv) {
    double seconds = 10;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--load-ms", &load_ms, NULL, NULL}, {0}};
    int first = parse_options(argc, argv, options);
    libraries = argv + first;
    library_count = argc - first;
    if (library_count == 0) fail("no library");
    hold_termination();
    start_thread(compute, NULL);
    announce_ready(getpid());
    wait_for_end(deadline_after(seconds));
    stopping = true;
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Computes until it is ended, without a C library: it can be built for 32 bits where none is
// installed, with `gcc -m32 -static -nostdlib -fno-stack-protector`.

static volatile unsigned sink;

__attribute__((noinline)) static void work(unsigned rounds) {
    unsigned state = rounds | 1;
    for (unsigned i = 0; i < rounds; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
    }
    sink = state;
}

void _start(void) {
    for (;;) work(1000000);
}

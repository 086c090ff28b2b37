// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A file of recorded stacks: eight bytes of magic, the number of stacks, and for each of them 17
// registers by DWARF number (x86-64 psABI, figure 3.36), the address of the first byte that was
// copied, the number of bytes, and the bytes, filled up to a multiple of eight. All words have 64
// bits, in the machine's order.

#ifndef PTARMIGAN_SLABS_H
#define PTARMIGAN_SLABS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { slab_registers = 17, slab_red_zone = 128 };

static const char slab_magic[8] = {'S', 'L', 'A', 'B', 'S', ' ', '1', '\n'};

struct slab {
    uint64_t registers[slab_registers];
    uint64_t base, count;
    const uint8_t *bytes;
};

struct slabs {
    size_t count;
    struct slab *all;
};

static inline void slabs_fail(const char *what) {
    perror(what);
    exit(1);
}

static inline struct slabs slabs_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) slabs_fail(path);
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(length);
    if (data == NULL || fread(data, 1, length, file) != length || length < 16
        || memcmp(data, slab_magic, sizeof slab_magic) != 0) {
        slabs_fail("not a file of stacks");
    }
    fclose(file);
    struct slabs slabs = {0};
    memcpy(&slabs.count, data + 8, 8);
    slabs.all = calloc(slabs.count, sizeof *slabs.all);
    size_t offset = 16;
    for (size_t index = 0; index < slabs.count; index++) {
        struct slab *slab = &slabs.all[index];
        memcpy(slab->registers, data + offset, sizeof slab->registers);
        memcpy(&slab->base, data + offset + 136, 8);
        memcpy(&slab->count, data + offset + 144, 8);
        slab->bytes = data + offset + 152;
        offset += 152 + (slab->count + 7) / 8 * 8;
    }
    return slabs;
}

/// The word at an address of a stack; 0 where it was not copied.
static inline int slab_word(const struct slab *slab, uint64_t address, uint64_t *word) {
    if (address < slab->base || slab->count < 8 || address - slab->base > slab->count - 8) return 0;
    memcpy(word, slab->bytes + (address - slab->base), 8);
    return 1;
}

/// The CPU time of this process: others may use the machine meanwhile.
static inline double slabs_cpu_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

#endif

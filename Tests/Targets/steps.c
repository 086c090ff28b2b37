// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Laps of the same work in twelve functions, each with its part of the instructions: called at
// several depths, through a pointer, and by recursion.
//
//   steps [--seconds N] [--lap-ms N] [--depth FRAMES] [--reads N] [--laps N] [--passes N]
//
// Each lap prints a line as laps.c does: its begin (CLOCK_MONOTONIC), how long it took, and the CPU
// time of its thread, in nanoseconds. --reads adds so many reads of a byte to each lap. --passes
// says how much work a lap has, which is otherwise found out at the start; with it and --laps all
// runs have the same instructions, so that they can be counted once and for all.

#include <fcntl.h>

#include "target.h"

enum { UNIT = 4000, TRIES = 20 };

static volatile uint64_t sink;
static uint64_t passes, laps, end_ns, most_laps;
static int zero = -1, reads;

// One body for all, so that equal counts of instructions take equal times.
static inline __attribute__((always_inline)) void work(uint64_t units) {
    uint64_t state = units | 1;
    for (uint64_t i = 0; i < units * UNIT; i++) random_next(&state);
    sink = state;
}

#define STEP(name, units) \
    __attribute__((noinline)) static void name(void) { work(units); }

STEP(scan_text, 22)
STEP(hash_words, 18)
STEP(merge_runs, 14)
STEP(pack_rows, 12)
STEP(check_sums, 10)
STEP(walk_tree, 8)
STEP(copy_keys, 6)
STEP(trim_ends, 4)
STEP(count_bits, 3)
STEP(find_gaps, 2)

// Work at each level, and so on seven stacks.
__attribute__((noinline)) static uint64_t nest(int level) {
    work(1);
    if (level > 0) return nest(level - 1) + sink;
    return sink;
}

__attribute__((noinline)) static void read_input(void) {
    scan_text();
    trim_ends();
    hash_words();
}

__attribute__((noinline)) static void sort_input(void) {
    void (*const steps[])(void) = {merge_runs, copy_keys, walk_tree};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) steps[i]();
    sink += nest(6);
}

__attribute__((noinline)) static void write_output(void) {
    pack_rows();
    check_sums();
    count_bits();
    find_gaps();
    work(1);
}

__attribute__((noinline)) static void pass(void) {
    read_input();
    sort_input();
    write_output();
}

// From the quickest of some tries, which nobody has disturbed.
static uint64_t passes_within(uint64_t ns) {
    uint64_t least = UINT64_MAX;
    for (int i = 0; i < TRIES; i++) {
        uint64_t begin = now_ns();
        pass();
        uint64_t lasted = now_ns() - begin;
        if (lasted < least) least = lasted;
    }
    return ns / least > 0 ? ns / least : 1;
}

__attribute__((noinline)) static void run(void) {
    while (laps < most_laps && !has_ended(end_ns)) {
        char byte;
        uint64_t begin = now_ns(), used = clock_ns(CLOCK_THREAD_CPUTIME_ID);
        for (uint64_t i = 0; i < passes; i++) pass();
        for (int i = 0; i < reads; i++) sink += (uint64_t)read(zero, &byte, 1);
        used = clock_ns(CLOCK_THREAD_CPUTIME_ID) - used;
        printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", begin, now_ns() - begin, used);
        fflush(stdout);
        laps++;
    }
}

// A stack of known depth below the loop, so that who samples it has one to copy.
__attribute__((noinline)) static int descend(int depth) {
    volatile char frame[64] = {(char)depth};
    if (depth > 0) return descend(depth - 1) + frame[0];
    run();
    return frame[0];
}

int main(int argc, char **argv) {
    double seconds = 10, lap_ms = 20, depth = 20, wanted_passes = 0, wanted_laps = 0, calls = 0;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--lap-ms", &lap_ms, NULL, NULL},
        {"--depth", &depth, NULL, NULL},     {"--reads", &calls, NULL, NULL},
        {"--laps", &wanted_laps, NULL, NULL}, {"--passes", &wanted_passes, NULL, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    reads = (int)calls;
    most_laps = wanted_laps > 0 ? (uint64_t)wanted_laps : UINT64_MAX;
    passes = wanted_passes > 0 ? (uint64_t)wanted_passes : passes_within((uint64_t)(lap_ms * 1e6));
    end_ns = deadline_after(seconds);
    announce_ready(getpid());
    descend((int)depth);
    struct json json = json_begin("steps");
    json_count(&json, "laps", laps);
    json_count(&json, "passes", passes);
    json_end();
    return 0;
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The target's own clock: reads it without pause and keeps every gap. What a visit costs is the
// difference from a run without visits. The net figures leave out the time that the thread was
// ready but had no CPU: the neighbours' doing, but also a tracer's that runs on the target's CPU.
//
//   gapmeter [--seconds N] [--depth FRAMES] [--threshold-us N] [--list FILE]
//
// The list has a line for each gap: its begin and end in nanoseconds of CLOCK_MONOTONIC.

#include <fcntl.h>

#include "target.h"

struct meter {
    uint64_t end_ns, threshold_ns, reads;
    int schedstat;
    struct histogram gaps, net;
    uint64_t (*list)[2];
    size_t listed;
};

// Gaps that are kept for the list; the rest is counted only.
enum { LIST_LIMIT = 1 << 20 };

static struct meter meter;

static void note(uint64_t gap, uint64_t *delayed) {
    uint64_t delay = run_delay_ns(meter.schedstat), ours = delay - *delayed;
    *delayed = delay;
    histogram_add(&meter.gaps, gap);
    if (gap > ours + meter.threshold_ns) histogram_add(&meter.net, gap - ours);
}

__attribute__((noinline)) static void measure(void) {
    uint64_t previous = now_ns(), delayed = run_delay_ns(meter.schedstat);
    while (previous < meter.end_ns) {
        uint64_t now = now_ns(), gap = now - previous;
        meter.reads++;
        if (gap > meter.threshold_ns) {
            if (meter.list != NULL && meter.listed < LIST_LIMIT) {
                meter.list[meter.listed][0] = previous;
                meter.list[meter.listed++][1] = now;
            }
            note(gap, &delayed);
            now = now_ns();
        }
        // SIGTERM is asked for every few milliseconds, outside the measured gaps.
        if ((meter.reads & 0x3ffff) == 0) {
            if (has_ended(meter.end_ns)) meter.end_ns = now;
            now = now_ns();
        }
        previous = now;
    }
}

// A stack of known depth below the loop, so that a visit has one to copy.
__attribute__((noinline)) static int descend(int depth) {
    volatile char frame[64] = {(char)depth};
    if (depth > 0) return descend(depth - 1) + frame[0];
    measure();
    return frame[0];
}

static void write_list(const char *path) {
    FILE *file = fopen(path, "we");
    if (file == NULL) fail(path);
    for (size_t gap = 0; gap < meter.listed; gap++) {
        fprintf(file, "%" PRIu64 " %" PRIu64 "\n", meter.list[gap][0], meter.list[gap][1]);
    }
    if (fclose(file) != 0) fail(path);
}

int main(int argc, char **argv) {
    double seconds = 10, depth = 20, threshold_us = 5;
    const char *list = NULL;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL},
        {"--depth", &depth, NULL, NULL},
        {"--threshold-us", &threshold_us, NULL, NULL},
        {"--list", NULL, &list, NULL},
        {0},
    };
    parse_options(argc, argv, options);
    hold_termination();
    meter.schedstat = open("/proc/thread-self/schedstat", O_RDONLY);
    if (list != NULL) {
        meter.list = calloc(LIST_LIMIT, sizeof *meter.list);
        if (meter.list == NULL) fail("calloc");
        // Touched before the run, so that no page fault is a gap.
        memset(meter.list, 0xff, LIST_LIMIT * sizeof *meter.list);
    }
    uint64_t begin = now_ns();
    meter.end_ns = deadline_after(seconds);
    meter.threshold_ns = (uint64_t)(threshold_us * 1e3);
    announce_ready(getpid());
    descend((int)depth);
    double lasted = (double)(now_ns() - begin);
    if (list != NULL) write_list(list);
    struct json json = json_begin("gapmeter");
    json_number(&json, "seconds", lasted / 1e9);
    json_number(&json, "reads_per_second", (double)meter.reads / lasted * 1e9);
    json_number(&json, "lost_percent", (double)meter.gaps.sum / lasted * 100);
    json_number(&json, "lost_net_percent", (double)meter.net.sum / lasted * 100);
    json_number(&json, "gaps_per_second", (double)meter.gaps.count / lasted * 1e9);
    json_histogram(&json, "gap_ns", &meter.gaps);
    json_histogram(&json, "net_gap_ns", &meter.net);
    json_end();
    return 0;
}

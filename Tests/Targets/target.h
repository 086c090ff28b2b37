// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// What every target program shares: the clock, options, the end of a run, and the JSON line.
//
// A target prints `ready PID` once it is set up (PID is the process to sample), runs for
// `--seconds` or until SIGTERM, and then prints one JSON line. Exit code 0 says that it ran
// properly; whether it was disturbed is for the reader of the JSON to judge.

#ifndef TARGET_H
#define TARGET_H

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NANOSECONDS 1000000000ull
#define MILLISECOND 1000000ull
#define MICROSECOND 1000ull

// Clock

static inline uint64_t clock_ns(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * NANOSECONDS + (uint64_t)time.tv_nsec;
}

static inline uint64_t now_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

static inline struct timespec timespec_of(uint64_t ns) {
    return (struct timespec){.tv_sec = (time_t)(ns / NANOSECONDS),
                             .tv_nsec = (long)(ns % NANOSECONDS)};
}

static inline void sleep_until(uint64_t monotonic_ns) {
    struct timespec until = timespec_of(monotonic_ns);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
    }
}

// What the scheduler counts of a thread, from its open schedstat file: time on a CPU, time waiting
// for one, and how often it came onto one. All 0 where the kernel counts nothing.
struct schedule_counts {
    uint64_t run_ns, delay_ns, runs;
};

static inline struct schedule_counts schedule_counts(int schedstat) {
    char text[96], *next;
    struct schedule_counts counts = {0};
    ssize_t length = pread(schedstat, text, sizeof text - 1, 0);
    if (length <= 0) return counts;
    text[length] = 0;
    counts.run_ns = strtoull(text, &next, 10);
    counts.delay_ns = strtoull(next, &next, 10);
    counts.runs = strtoull(next, NULL, 10);
    return counts;
}

static inline uint64_t run_delay_ns(int schedstat) { return schedule_counts(schedstat).delay_ns; }

static inline uint64_t random_next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// User code and nothing else for some time: the vDSO clock is read every few hundred ns.
static inline void compute_for(uint64_t ns) {
    uint64_t end = now_ns() + ns, state = end | 1;
    volatile uint64_t sink;
    while (now_ns() < end) {
        for (int i = 0; i < 100; i++) sink = random_next(&state);
    }
    (void)sink;
}

// Options

struct option_spec {
    const char *name;   // with its dashes
    double *number;     // exactly one of these three is set
    const char **text;
    bool *flag;
};

static inline void fail(const char *what) {
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
    exit(1);
}

// Returns the index of the first argument after `--`, or argc. The list ends with an empty entry.
static inline int parse_options(int argc, char **argv, const struct option_spec *specs) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) return i + 1;
        const struct option_spec *spec = specs;
        while (spec->name != NULL && strcmp(spec->name, argv[i]) != 0) spec++;
        if (spec->name == NULL || (spec->flag == NULL && i + 1 == argc)) {
            fprintf(stderr, "%s: unknown or incomplete option '%s'; options are:",
                    program_invocation_short_name, argv[i]);
            for (spec = specs; spec->name != NULL; spec++) fprintf(stderr, " %s", spec->name);
            fprintf(stderr, "\n");
            exit(2);
        }
        if (spec->flag != NULL) *spec->flag = true;
        if (spec->text != NULL) *spec->text = argv[++i];
        if (spec->number != NULL) *spec->number = strtod(argv[++i], NULL);
    }
    return argc;
}

// Whether `name` is in a comma-separated list; an absent list holds every name.
static inline bool list_holds(const char *list, const char *name) {
    if (list == NULL) return true;
    size_t length = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at += length) {
        if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == 0)) return true;
    }
    return false;
}

// The end of a run. No handler is installed: SIGTERM stays blocked and is asked for.

static inline sigset_t termination_set(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

static inline void hold_termination(void) {
    sigset_t set = termination_set();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

// For a child: the signals are its own again, and it does not outlive the parent.
static inline void become_child(void) {
    sigset_t set = termination_set();
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static inline uint64_t deadline_after(double seconds) {
    return seconds > 0 ? now_ns() + (uint64_t)(seconds * 1e9) : UINT64_MAX;
}

// One system call: loops ask every millisecond or so.
static inline bool has_ended(uint64_t deadline) {
    sigset_t pending;
    if (now_ns() >= deadline) return true;
    sigpending(&pending);
    return sigismember(&pending, SIGTERM) || sigismember(&pending, SIGINT);
}

static inline void wait_for_end(uint64_t deadline) {
    sigset_t set = termination_set();
    for (uint64_t now; (now = now_ns()) < deadline;) {
        uint64_t left = deadline - now;
        struct timespec time = timespec_of(left > NANOSECONDS ? NANOSECONDS : left);
        if (sigtimedwait(&set, NULL, &time) > 0) return;
    }
}

static inline void start_thread(void *(*body)(void *), void *argument) {
    pthread_t thread;
    if ((errno = pthread_create(&thread, NULL, body, argument)) != 0) fail("pthread_create");
    pthread_detach(thread);
}

static inline void announce_ready(pid_t pid) {
    printf("ready %d\n", (int)pid);
    fflush(stdout);
}

// One JSON line. `first` says whether a comma is due.

struct json { bool first; };

static inline void json_key(struct json *json, const char *key) {
    printf(json->first ? "\"%s\":" : ",\"%s\":", key);
    json->first = false;
}

static inline struct json json_begin(const char *target) {
    printf("{\"target\":\"%s\"", target);
    return (struct json){.first = false};
}

static inline void json_count(struct json *json, const char *key, uint64_t value) {
    json_key(json, key);
    printf("%" PRIu64, value);
}

static inline void json_number(struct json *json, const char *key, double value) {
    json_key(json, key);
    printf("%.6g", isfinite(value) ? value : 0.0);
}

static inline void json_text(struct json *json, const char *key, const char *value) {
    json_key(json, key);
    printf("\"%s\"", value);
}

static inline void json_open(struct json *json, const char *key, char bracket) {
    json_key(json, key);
    putchar(bracket);
    json->first = true;
}

static inline void json_item(struct json *json) {
    fputs(json->first ? "{" : ",{", stdout);
    json->first = true;
}

static inline void json_close(struct json *json, char bracket) {
    putchar(bracket);
    json->first = false;
}

static inline void json_end(void) {
    puts("}");
    fflush(stdout);
}

// A histogram of ns: 32 linear parts of each power of two, so within 3 %.

#define HISTOGRAM_PARTS 32
#define HISTOGRAM_BUCKETS (60 * HISTOGRAM_PARTS)

struct histogram {
    uint64_t count, sum, maximum;
    uint64_t buckets[HISTOGRAM_BUCKETS];
};

static inline void histogram_add(struct histogram *histogram, uint64_t value) {
    unsigned index = (unsigned)value;
    if (value >= HISTOGRAM_PARTS) {
        unsigned exponent = 63u - (unsigned)__builtin_clzll(value);
        unsigned part = (unsigned)(value >> (exponent - 5)) & (HISTOGRAM_PARTS - 1);
        index = (exponent - 4) * HISTOGRAM_PARTS + part;
    }
    if (index >= HISTOGRAM_BUCKETS) index = HISTOGRAM_BUCKETS - 1;
    histogram->buckets[index]++;
    histogram->count++;
    histogram->sum += value;
    if (value > histogram->maximum) histogram->maximum = value;
}

static inline void histogram_merge(struct histogram *into, const struct histogram *from) {
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++) into->buckets[i] += from->buckets[i];
    into->count += from->count;
    into->sum += from->sum;
    if (from->maximum > into->maximum) into->maximum = from->maximum;
}

// The upper edge of the bucket that holds the quantile, never more than the maximum.
static inline uint64_t histogram_quantile(const struct histogram *histogram, double quantile) {
    uint64_t rank = (uint64_t)ceil(quantile * (double)histogram->count), seen = 0;
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS && rank > 0; i++) {
        seen += histogram->buckets[i];
        if (seen < rank) continue;
        uint64_t edge = i;
        if (i >= HISTOGRAM_PARTS) {
            unsigned exponent = i / HISTOGRAM_PARTS + 4;
            edge = ((uint64_t)(HISTOGRAM_PARTS + i % HISTOGRAM_PARTS + 1) << (exponent - 5)) - 1;
        }
        return edge < histogram->maximum ? edge : histogram->maximum;
    }
    return histogram->maximum;
}

static inline void json_histogram(struct json *json, const char *key,
                                  const struct histogram *histogram) {
    json_open(json, key, '{');
    json_count(json, "count", histogram->count);
    json_count(json, "sum", histogram->sum);
    json_count(json, "p50", histogram_quantile(histogram, 0.50));
    json_count(json, "p90", histogram_quantile(histogram, 0.90));
    json_count(json, "p99", histogram_quantile(histogram, 0.99));
    json_count(json, "max", histogram->maximum);
    json_close(json, '}');
}

#endif

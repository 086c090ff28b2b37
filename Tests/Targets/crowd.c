// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A program of 10,000 functions, which computes in all of them for a share of the time.
//
//   crowd [--seconds N] [--share PERCENT]
//
// Half of the calls go to any function, the other half to one of ten favourites, which are others
// from one phase of the run to the next and the first ones again in the last: what is busy on a
// host changes and comes back. A phase is five times as long as the one before.

#include "target.h"

#define TURN (5 * MILLISECOND)
#define FAVOURITES 10

static volatile uint64_t sink;

// function_0000 to function_9999. A call takes some microseconds, so that few are between two
// samples, and none of them is on a CPU for long.
#define FUNCTION(digits)                                                \
    __attribute__((noinline)) static void function_##digits(void) {     \
        uint64_t state = sink + 1##digits;                              \
        for (int i = 0; i < 2000; i++) state = state * 5 + 1##digits;   \
        sink = state;                                                   \
    }
#define ENTRY(digits) function_##digits,
#define TEN(of, digits)                                                             \
    of(digits##0) of(digits##1) of(digits##2) of(digits##3) of(digits##4)           \
    of(digits##5) of(digits##6) of(digits##7) of(digits##8) of(digits##9)
#define HUNDRED(of, digits)                                                         \
    TEN(of, digits##0) TEN(of, digits##1) TEN(of, digits##2) TEN(of, digits##3)     \
    TEN(of, digits##4) TEN(of, digits##5) TEN(of, digits##6) TEN(of, digits##7)     \
    TEN(of, digits##8) TEN(of, digits##9)
#define THOUSAND(of, digits)                                                        \
    HUNDRED(of, digits##0) HUNDRED(of, digits##1) HUNDRED(of, digits##2)            \
    HUNDRED(of, digits##3) HUNDRED(of, digits##4) HUNDRED(of, digits##5)            \
    HUNDRED(of, digits##6) HUNDRED(of, digits##7) HUNDRED(of, digits##8)            \
    HUNDRED(of, digits##9)
#define ALL(of)                                                                     \
    THOUSAND(of, 0) THOUSAND(of, 1) THOUSAND(of, 2) THOUSAND(of, 3) THOUSAND(of, 4) \
    THOUSAND(of, 5) THOUSAND(of, 6) THOUSAND(of, 7) THOUSAND(of, 8) THOUSAND(of, 9)

ALL(FUNCTION)

static void (*const functions[])(void) = {ALL(ENTRY)};

#define FUNCTIONS (sizeof functions / sizeof functions[0])

// The phases take 1, 5 and 25 of 31 parts of the run.
static size_t first_favourite(double part) {
    return part >= 1.0 / 31 && part < 6.0 / 31 ? FUNCTIONS / 2 : 0;
}

static void call_functions(uint64_t *random, size_t first) {
    uint64_t end = now_ns() + TURN;
    while (now_ns() < end) {
        functions[random_next(random) % FUNCTIONS]();
        functions[first + random_next(random) % FAVOURITES]();
    }
}

int main(int argc, char **argv) {
    double seconds = 10, share = 100;
    const struct option_spec options[] = {
        {"--seconds", &seconds, NULL, NULL}, {"--share", &share, NULL, NULL}, {0}};
    parse_options(argc, argv, options);
    hold_termination();
    uint64_t begin = now_ns(), deadline = deadline_after(seconds), turns = 0;
    uint64_t random = (begin ^ (uint64_t)getpid() << 32) | 1;
    announce_ready(getpid());
    for (; !has_ended(deadline); turns++) {
        double part = (double)(now_ns() - begin) / ((double)deadline - (double)begin);
        call_functions(&random, first_favourite(part));
        sleep_until(begin + (uint64_t)((double)(turns + 1) * TURN * 100 / share));
    }
    struct json json = json_begin("crowd");
    json_count(&json, "turns", turns);
    json_count(&json, "functions", FUNCTIONS);
    json_end();
    return 0;
}

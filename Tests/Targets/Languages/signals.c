// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A hot function in a signal handler, which is called through the C library's trampoline.

#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

#define NOIPA __attribute__((noipa))

enum { points = 4096 };

static double grid[points];
static volatile double sink;

static NOIPA double relax(double *row, int count) {
    double change = 0;
    for (int point = 1; point + 1 < count; point++) {
        double mean = (row[point - 1] + row[point + 1]) / 2;
        change += (mean - row[point]) * (mean - row[point]);
        row[point] = mean;
    }
    return change;
}

static NOIPA void handle(int number) {
    grid[0] = number;
    for (int round = 0; round < 1000; round++) sink = sink + relax(grid, points);
}

// What the signals interrupt.
static NOIPA void solve(double edge) {
    for (;;) sink = sink + edge;
}

int main(void) {
    printf("ready %d\n", getpid());
    fflush(stdout);
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    // By the time that one is handled the next has come, so nothing else is done from now on.
    struct itimerval timer = {{0, 1000}, {0, 1000}};
    setitimer(ITIMER_REAL, &timer, NULL);
    solve(1);
    return 0;
}

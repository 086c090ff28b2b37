// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A hot function behind a function pointer, as C programs call back.

#include <stdio.h>
#include <unistd.h>

#define NOINLINE __attribute__((noipa))

enum { points = 4096 };

static double grid[points];

static NOINLINE double relax(double *row, int count) {
    double change = 0;
    for (int point = 1; point + 1 < count; point++) {
        double mean = (row[point - 1] + row[point + 1]) / 2;
        change += (mean - row[point]) * (mean - row[point]);
        row[point] = mean;
    }
    return change;
}

static NOINLINE double sweep(double (*step)(double *, int), int rounds) {
    double change = 0;
    for (int round = 0; round < rounds; round++) change += step(grid, points);
    return change;
}

static NOINLINE double solve(double edge) {
    grid[0] = edge;
    grid[points - 1] = -edge;
    return sweep(relax, 100) + edge;
}

int main(void) {
    printf("ready %d\n", getpid());
    fflush(stdout);
    volatile double sink = 0;
    for (double edge = 1;; edge = edge < 1e6 ? edge + 1 : 1) sink = sink + solve(edge);
}

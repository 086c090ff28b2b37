// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A virtual method of a class template in a namespace, called through a lambda.

#include <cstdio>
#include <functional>
#include <memory>
#include <unistd.h>
#include <vector>

#define NOINLINE __attribute__((noinline))

namespace grids {

template <typename Value> class Stencil {
  public:
    virtual ~Stencil() = default;
    virtual double relax(std::vector<Value> &row) const = 0;
};

template <typename Value> class Mean : public Stencil<Value> {
  public:
    NOINLINE double relax(std::vector<Value> &row) const override {
        Value change = 0;
        for (std::size_t point = 1; point + 1 < row.size(); point++) {
            Value mean = (row[point - 1] + row[point + 1]) / 2;
            change += (mean - row[point]) * (mean - row[point]);
            row[point] = mean;
        }
        return change;
    }
};

NOINLINE double sweep(const std::function<double()> &step, int rounds) {
    double change = 0;
    for (int round = 0; round < rounds; round++) change += step();
    return change;
}

template <typename Value>
NOINLINE double solve(const Stencil<Value> &stencil, std::vector<Value> &row, Value edge) {
    row.front() = edge;
    row.back() = -edge;
    return sweep([&] { return stencil.relax(row) + 1; }, 100) + edge;
}

}  // namespace grids

int main() {
    std::printf("ready %d\n", getpid());
    std::fflush(stdout);
    std::unique_ptr<grids::Stencil<double>> stencil = std::make_unique<grids::Mean<double>>();
    std::vector<double> row(4096);
    volatile double sink = 0;
    for (double edge = 1;; edge = edge < 1e6 ? edge + 1 : 1) {
        sink = sink + grids::solve(*stencil, row, edge);
    }
}

// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Exceptions through several frames, virtual calls and the C++ library, for being run one
// instruction at a time.

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

volatile int sink;

struct Guard {
    explicit Guard(int number) : number(number) {}
    ~Guard() { sink = sink + number; }
    int number;
};

struct Shape {
    virtual ~Shape() = default;
    virtual int area(int depth) = 0;
};

struct Square : Shape {
    __attribute__((noinline)) int area(int depth) override {
        Guard guard(depth);
        if (depth == 0) throw std::runtime_error("the end");
        return area(depth - 1) + 1;
    }
};

__attribute__((noinline)) int attempt(Shape &shape, int depth) {
    try {
        return shape.area(depth);
    } catch (const std::exception &error) {
        return static_cast<int>(std::string(error.what()).size());
    }
}

}  // namespace

int main() {
    Square square;
    sink = attempt(square, 3);
    std::vector<std::string> names{"one", "two", "three"};
    std::sort(names.begin(), names.end());
    sink = sink + static_cast<int>(names.front().size());
    return 0;
}

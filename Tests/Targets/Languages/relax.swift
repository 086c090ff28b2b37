// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A protocol's method of a generic type, called through a closure.

import Glibc

protocol Stencil {
    func relax(_ row: inout [Double]) -> Double
}

struct Mean<Value: BinaryFloatingPoint>: Stencil {
    private let weight: Double

    init(_ weight: Value) { self.weight = Double(weight) }

    @inline(never)
    func relax(_ row: inout [Double]) -> Double {
        var change = 0.0
        for point in 1..<row.count - 1 {
            let mean = (row[point - 1] + row[point + 1]) * weight
            change += (mean - row[point]) * (mean - row[point])
            row[point] = mean
        }
        return change
    }
}

@inline(never)
func sweep(rounds: Int, _ step: () -> Double) -> Double {
    var change = 0.0
    for _ in 0..<rounds { change += step() }
    return change
}

final class Solver {
    private var row = [Double](repeating: 0, count: 4096)

    @inline(never)
    func solve(_ stencil: any Stencil, edge: Double) -> Double {
        row[0] = edge
        row[row.count - 1] = -edge
        return sweep(rounds: 100) { stencil.relax(&row) + 1 } + edge
    }
}

@main
struct Program {
    static func main() {
        print("ready \(getpid())")
        fflush(nil)
        let solver = Solver()
        var (edge, sum) = (1.0, 0.0)
        while sum > -1 {
            sum += solver.solve(Mean(Float(0.5)), edge: edge)
            if sum > 1e12 { sum = 0 }
            edge = edge < 1e6 ? edge + 1 : 1
        }
    }
}

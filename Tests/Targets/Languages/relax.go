// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A method of a pointer, called through an interface and a closure by a goroutine. What the runtime
// does on its system stack, as to collect garbage or to wake another goroutine, is rare here.
package main

import (
	"fmt"
	"os"
)

type Stencil interface {
	Relax(row []float64) float64
}

type Mean struct {
	weight float64
}

//go:noinline
func (mean *Mean) Relax(row []float64) float64 {
	change := 0.0
	for point := 1; point+1 < len(row); point++ {
		value := (row[point-1] + row[point+1]) * mean.weight
		change += (value - row[point]) * (value - row[point])
		row[point] = value
	}
	return change
}

//go:noinline
func sweep(rounds int, step func() float64) float64 {
	change := 0.0
	for round := 0; round < rounds; round++ {
		change += step()
	}
	return change
}

//go:noinline
func solve[Number ~float64](stencil Stencil, row []float64, edge Number) float64 {
	row[0], row[len(row)-1] = float64(edge), -float64(edge)
	return sweep(100, func() float64 { return stencil.Relax(row) + 1 }) + float64(edge)
}

func main() {
	fmt.Printf("ready %d\n", os.Getpid())
	sums := make(chan float64)
	go func() {
		for edge := 1.0; ; {
			row, sum := make([]float64, 4096), 0.0
			for round := 0; round < 1000; round++ {
				sum += solve(&Mean{0.5}, row, edge)
				edge++
			}
			sums <- sum
		}
	}()
	total := 0.0
	for sum := range sums {
		total += sum
	}
}

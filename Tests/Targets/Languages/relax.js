// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A method of a class, called through closures and a built-in function of the engine.
'use strict';

class Mean {
  constructor(weight) {
    this.weight = weight;
  }

  relax(row) {
    let change = 0;
    for (let point = 1; point + 1 < row.length; point++) {
      const mean = (row[point - 1] + row[point + 1]) * this.weight;
      change += (mean - row[point]) * (mean - row[point]);
      row[point] = mean;
    }
    return change;
  }
}

const rounds = Array.from({ length: 100 }, (_, round) => round);

function sweep(step) {
  return rounds.reduce((change) => change + step(), 0);
}

function solve(stencil, edge) {
  const row = new Float64Array(4096);
  row[0] = edge;
  row[row.length - 1] = -edge;
  return sweep(() => stencil.relax(row) + 1) + edge;
}

const stencil = new Mean(0.5);
let sum = 0;
for (let round = 0; sum > -1; round++) {
  sum += solve(stencil, round % 1000000);
  // By now all of it has been compiled.
  if (round === 500) console.log(`ready ${process.pid}`);
}

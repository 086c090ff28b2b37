// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

//! A trait's method of a generic type, called through a closure.

mod grids {
    pub trait Stencil {
        fn relax(&self, row: &mut [f64]) -> f64;
    }

    pub struct Mean<Value> {
        pub weight: Value,
    }

    impl<Value: Into<f64> + Copy> Stencil for Mean<Value> {
        #[inline(never)]
        fn relax(&self, row: &mut [f64]) -> f64 {
            let mut change = 0.0;
            for point in 1..row.len() - 1 {
                let mean = (row[point - 1] + row[point + 1]) * self.weight.into();
                change += (mean - row[point]) * (mean - row[point]);
                row[point] = mean;
            }
            change
        }
    }

    #[inline(never)]
    fn sweep(step: &mut dyn FnMut() -> f64, rounds: usize) -> f64 {
        let mut change = 0.0;
        for _ in 0..rounds {
            change += step();
        }
        change
    }

    #[inline(never)]
    pub fn solve(stencil: &dyn Stencil, row: &mut [f64], edge: f64) -> f64 {
        row[0] = edge;
        row[row.len() - 1] = -edge;
        sweep(&mut || stencil.relax(row) + 1.0, 100) + edge
    }
}

fn main() {
    println!("ready {}", std::process::id());
    let stencil = grids::Mean { weight: 0.5f32 };
    let mut row = vec![0.0; 4096];
    let mut edge = 1.0;
    let mut sum = 0.0;
    loop {
        let change = grids::solve(&stencil, &mut row, edge);
        // The result is used, or the work would be left out.
        unsafe { std::ptr::write_volatile(&mut sum, change) };
        edge = if edge < 1e6 { edge + 1.0 } else { 1.0 };
    }
}

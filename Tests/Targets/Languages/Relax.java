// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import java.util.function.DoubleSupplier;

/** A method of a nested class, called through an interface and a lambda. */
public final class Relax {
    interface Stencil {
        double relax(double[] row);
    }

    static final class Mean implements Stencil {
        private final double weight;

        Mean(double weight) {
            this.weight = weight;
        }

        @Override
        public double relax(double[] row) {
            double change = 0;
            for (int point = 1; point + 1 < row.length; point++) {
                double mean = (row[point - 1] + row[point + 1]) * weight;
                change += (mean - row[point]) * (mean - row[point]);
                row[point] = mean;
            }
            return change;
        }
    }

    static double sweep(int rounds, DoubleSupplier step) {
        double change = 0;
        for (int round = 0; round < rounds; round++) {
            change += step.getAsDouble();
        }
        return change;
    }

    static double solve(Stencil stencil, double edge) {
        double[] row = new double[4096];
        row[0] = edge;
        row[row.length - 1] = -edge;
        return sweep(100, () -> stencil.relax(row) + 1) + edge;
    }

    public static void main(String[] arguments) {
        Stencil stencil = new Mean(0.5);
        double sum = 0;
        for (long round = 0; sum > -1; round++) {
            sum += solve(stencil, round % 1000000);
            // By now all of it has been compiled.
            if (round == 2000) {
                System.out.println("ready " + ProcessHandle.current().pid());
            }
        }
    }
}

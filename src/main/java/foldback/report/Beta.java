package foldback.report;

import java.util.Random;

/** Numbers of a beta distribution, the same ones from the same seed on every machine: {@link StrictMath} throughout. */
final class Beta {
    private Beta() {}

    /** One number between 0 and 1; both shapes are at least 1. */
    static double draw(long a, long b, Random random) {
        double x = gamma((double) a, random);
        return x / (x + gamma((double) b, random));
    }

    /** By Marsaglia and Tsang, A simple method for generating gamma variables (2000). */
    private static double gamma(double shape, Random random) {
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }
}

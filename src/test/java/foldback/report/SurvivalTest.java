package foldback.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against published figures. A plus stands behind what had not ended. */
class SurvivalTest {
    /**
     * Weeks in remission under 6-MP: Freireich et al., Blood 21 (1963); Gehan, Biometrika 52 (1965). The estimates are those of Kleinbaum and
     * Klein, Survival Analysis, table 2.2 of the third edition; the interval of the median is that of SAS PROC LIFETEST (log-log).
     */
    private static final String REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";

    /** Acute myelogenous leukemia, maintained: Miller, Survival Analysis (1981); data set aml of the R package survival. */
    private static final String MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+";

    private static final String NOT_MAINTAINED = "5 5 8 8 12 16+ 23 27 30 33 43 45";

    /** Days with lung cancer: Loprinzi et al., J. Clin. Oncol. 12 (1994); data set lung of the R package survival. */
    private static final String LUNG = """
            306 455 1010+ 210 883 1022+ 310 361 218 166 170 654 728 71 567 144 613 707 61 88 301 81 624 371 394 520 574
            118 390 12 473 26 533 107 53 122 814 965+ 93 731 460 153 433 145 583 95 303 519 643 765 735 189 53 246 689 65
            5 132 687 345 444 223 175 60 163 65 208 821+ 428 230 840+ 305 11 132 226 426 705 363 11 176 791 95 196+ 167
            806+ 284 641 147 740+ 163 655 239 88 245 588+ 30 179 310 477 166 559+ 450 364 107 177 156 529+ 11 429 351 15
            181 283 201 524 13 212 524 288 363 442 199 550 54 558 207 92 60 551+ 543+ 293 202 353 511+ 267 511+ 371 387
            457 337 201 404+ 222 62 458+ 356+ 353 163 31 340 229 444+ 315+ 182 156 329 364+ 291 179 376+ 384+ 268 292+ 142
            413+ 266+ 194 320 181 285 301+ 348 197 382+ 303+ 296+ 180 186 145 269+ 300+ 284+ 350 272+ 292+ 332+ 285 259+
            110 286 270 81 131 225+ 269 225+ 243+ 279+ 276+ 135 79 59 240+ 202+ 235+ 105 224+ 239 237+ 173+ 252+ 221+ 185+
            92+ 13 222+ 192+ 183 211+ 175+ 197+ 203+ 116 188+ 191+ 105+ 174+ 177+""".replace('\n', ' ');

    private record Step(double time, double share, double low, double high) {}

    private final List<Step> steps = new ArrayList<>();

    private Survival of(String times) {
        TreeMap<Double, long[]> counts = new TreeMap<>();
        String[] words = times.split(" ", -1);
        for (String word : words) {
            long[] count = counts.computeIfAbsent(Double.valueOf(word.replace("+", "")), none -> new long[2]);
            count[word.endsWith("+") ? 1 : 0]++;
        }
        Survival survival = new Survival(words.length);
        counts.forEach((time, count) -> {
            survival.take(time, count[0], count[1]);
            if (count[0] > 0) {
                steps.add(new Step(time, survival.share(), survival.low(), survival.high()));
            }
        });
        return survival;
    }

    /** Each step as its time, its share, and the band around it where that is given. */
    private void are(double tolerance, double[]... expected) {
        assertEquals(expected.length, steps.size());
        for (int at = 0; at < expected.length; at++) {
            Step step = steps.get(at);
            double[] found = {step.time, step.share, step.low, step.high};
            assertArrayEquals(expected[at], Arrays.copyOf(found, expected[at].length), tolerance, step.toString());
        }
    }

    @Test
    void remissionIsAsInTheTextbook() {
        Survival survival = of(REMISSION);
        are(
                0.00006,
                new double[] {6, 0.8571},
                new double[] {7, 0.8067},
                new double[] {10, 0.7529},
                new double[] {13, 0.6902},
                new double[] {16, 0.6275},
                new double[] {22, 0.5378},
                new double[] {23, 0.4482});
        assertEquals(OptionalDouble.of(23), survival.median());
        assertEquals(OptionalDouble.of(13), survival.medianLow());
        assertEquals(OptionalDouble.empty(), survival.medianHigh());
    }

    /** {@code summary(survfit(Surv(time, status) ~ 1, conf.type = "log-log"))} of R 4.2.2 with survival 3.5.3. */
    @Test
    void theBandIsThatOfR() {
        Survival survival = of(MAINTAINED);
        are(
                1e-9,
                new double[] {9, 0.9090909091, 0.50808020577, 0.9866738227},
                new double[] {13, 0.8181818182, 0.44742861468, 0.9511622286},
                new double[] {18, 0.7159090909, 0.35019038591, 0.8990239742},
                new double[] {23, 0.6136363636, 0.26575204000, 0.8352992433},
                new double[] {31, 0.4909090909, 0.16733090978, 0.7533997904},
                new double[] {34, 0.3681818182, 0.09282957494, 0.6570408324},
                new double[] {48, 0.1840909091, 0.01173848012, 0.5250148427});
        assertEquals(OptionalDouble.of(31), survival.median());
        assertEquals(OptionalDouble.of(13), survival.medianLow());
        assertEquals(OptionalDouble.empty(), survival.medianHigh());
    }

    /** The same, with a step to nothing, behind which there is no band. */
    @Test
    void theBandIsThatOfRWhereAllHaveEnded() {
        Survival survival = of(NOT_MAINTAINED);
        are(
                1e-9,
                new double[] {5, 0.83333333333, 0.481714942195, 0.9555093657},
                new double[] {8, 0.66666666667, 0.337018932541, 0.8597117991},
                new double[] {12, 0.58333333333, 0.270138924085, 0.8009401923},
                new double[] {23, 0.48611111111, 0.191876619619, 0.7296715698},
                new double[] {27, 0.38888888889, 0.126272012195, 0.6498174083},
                new double[] {30, 0.29166666667, 0.072401608908, 0.5608860527},
                new double[] {33, 0.19444444444, 0.031198642931, 0.4614294762},
                new double[] {43, 0.09722222222, 0.005746305696, 0.3489038611},
                new double[] {45, 0, Double.NaN, Double.NaN});
        assertEquals(OptionalDouble.of(23), survival.median());
        assertEquals(OptionalDouble.of(5), survival.medianLow());
        assertEquals(OptionalDouble.of(33), survival.medianHigh());
    }

    /** {@code summary(survfit(…), times = c(100, 300, 500, 800, 1000))} and {@code print(survfit(…))} of the same. */
    @Test
    void ofManyWithTiesItIsThatOfR() {
        Survival survival = of(LUNG);
        double[][] expected = {
            {100, 0.86396896765, 0.81222231975, 0.9023101805},
            {300, 0.53060811776, 0.46046520252, 0.5957896394},
            {500, 0.29326919371, 0.22650367712, 0.3630285997},
            {800, 0.07831532811, 0.03900652115, 0.1353679561},
            {1000, 0.05034556807, 0.01786617109, 0.1086621760}
        };
        for (double[] row : expected) {
            Step step = steps.stream()
                    .filter(each -> each.time <= row[0])
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertArrayEquals(row, new double[] {row[0], step.share, step.low, step.high}, 1e-9, step.toString());
        }
        assertEquals(OptionalDouble.of(310), survival.median());
        assertEquals(OptionalDouble.of(284), survival.medianLow());
        assertEquals(OptionalDouble.of(361), survival.medianHigh());
    }

    /** {@code summary(survfit(…), rmean = "individual")$table} of the same. */
    @Test
    void theRestrictedMeanIsThatOfR() {
        assertEquals(52.64545455, of(MAINTAINED).restrictedMean(), 1e-8);
        assertEquals(22.708333333, of(NOT_MAINTAINED).restrictedMean(), 1e-8);
        assertEquals(23.287394958, of(REMISSION).restrictedMean(), 1e-8);
        assertEquals(376.27474615, of(LUNG).restrictedMean(), 1e-7);
    }

    @Test
    void withoutOpenOnesItIsThePlainMedianAndMean() {
        assertEquals(OptionalDouble.of(2.5), of("1 2 3 4").median());
        assertEquals(OptionalDouble.of(3), of("1 3 9").median());
        assertEquals(2.5, of("1 2 3 4").restrictedMean(), 1e-12);
        assertEquals(0, of("1 2 3 4").share());
    }

    @Test
    void whereFewerThanHalfHaveEndedThereIsNoMedian() {
        assertEquals(OptionalDouble.empty(), of("1 2+ 3+").median());
        assertEquals(OptionalDouble.empty(), of("5+").median());
        assertEquals(5, of("5+").restrictedMean());
        assertEquals(1, of("5+").high());
    }

    @Test
    void nothingLastsAnyTimeAtAll() {
        Survival survival = of("0 0 0");
        assertEquals(OptionalDouble.of(0), survival.median());
        assertEquals(0, survival.restrictedMean());
        assertEquals(OptionalDouble.empty(), survival.medianLow());
    }
}

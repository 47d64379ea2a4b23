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
        assertEquals(23.287, survival.restrictedMean(), 0.001);
    }

    /** {@code summary(survfit(Surv(time, status) ~ 1, conf.type = "log-log"))}. */
    @Test
    void theBandIsThatOfR() {
        Survival survival = of(MAINTAINED);
        are(
                0.0006,
                new double[] {9, 0.909, 0.5081, 0.987},
                new double[] {13, 0.818, 0.4474, 0.951},
                new double[] {18, 0.716, 0.3502, 0.899},
                new double[] {23, 0.614, 0.2658, 0.835},
                new double[] {31, 0.491, 0.1673, 0.753},
                new double[] {34, 0.368, 0.0928, 0.657},
                new double[] {48, 0.184, 0.0117, 0.525});
        assertEquals(OptionalDouble.of(31), survival.median());
        assertEquals(OptionalDouble.of(13), survival.medianLow());
        assertEquals(OptionalDouble.empty(), survival.medianHigh());
    }

    /** {@code print(survfit(…), rmean = "individual")} gives 52.6 and 22.7. */
    @Test
    void theRestrictedMeanIsThatOfR() {
        assertEquals(52.6, of(MAINTAINED).restrictedMean(), 0.05);
        assertEquals(22.7, of(NOT_MAINTAINED).restrictedMean(), 0.05);
        assertEquals(OptionalDouble.of(23), of(NOT_MAINTAINED).median());
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

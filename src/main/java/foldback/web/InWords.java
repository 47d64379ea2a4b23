package foldback.web;

import static foldback.incident.Seconds.DAY;
import static foldback.incident.Seconds.HOUR;
import static foldback.incident.Seconds.MINUTE;
import static foldback.incident.Seconds.YEAR;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people read them, the same on every machine. Blanks inside of them do not break. */
final class InWords {
    static final String NOTHING = "–";

    private static final String BLANK = "\u00A0";
    private static final long MANY_DAYS = 100;
    private static final BigDecimal LEAST = new BigDecimal("0.001");

    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private InWords() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Seconds in the two units that matter, rounded: {@code 1 h 03 min}, {@code 2 d 04 h}, {@code 0.25 s}. */
    static String duration(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            return "−" + duration(seconds.negate());
        }
        if (round(seconds, 1, 1).compareTo(BigDecimal.valueOf(MINUTE)) < 0) {
            return belowAMinute(seconds);
        }
        long whole = whole(seconds, 1);
        if (whole < HOUR) {
            return pair(seconds, whole, 1, MINUTE, "min", "s");
        }
        long minutes = whole(seconds, MINUTE);
        if (minutes < DAY / MINUTE) {
            return pair(seconds, minutes, MINUTE, HOUR / MINUTE, "h", "min");
        }
        long hours = whole(seconds, HOUR);
        return hours < MANY_DAYS * DAY / HOUR
                ? pair(seconds, hours, HOUR, DAY / HOUR, "d", "h")
                : count(whole(seconds, DAY)) + BLANK + "d";
    }

    /** Below a minute, with as much of a fraction as says something. */
    private static String belowAMinute(BigDecimal seconds) {
        if (seconds.signum() > 0 && seconds.compareTo(LEAST) < 0) {
            return "<" + BLANK + LEAST + BLANK + "s";
        }
        int digits = seconds.compareTo(BigDecimal.ONE) < 0 ? 3 : 1;
        return round(seconds, 1, digits).stripTrailingZeros().toPlainString() + BLANK + "s";
    }

    /**
     * What is exactly so many of a unit has no part: {@code 30 min}.
     *
     * @param count of the parts, rounded
     * @param partSeconds how long a part is
     * @param size of the unit, in parts
     */
    private static String pair(BigDecimal seconds, long count, long partSeconds, long size, String unit, String part) {
        boolean exact = count % size == 0
                && seconds.remainder(BigDecimal.valueOf(partSeconds)).signum() == 0;
        return exact
                ? count / size + BLANK + unit
                : String.format(Locale.ROOT, "%d%s%s%2$s%02d%2$s%s", count / size, BLANK, unit, count % size, part);
    }

    private static long whole(BigDecimal seconds, long unit) {
        return round(seconds, unit, 0).longValueExact();
    }

    private static BigDecimal round(BigDecimal seconds, long unit, int digits) {
        return seconds.divide(BigDecimal.valueOf(unit), digits, RoundingMode.HALF_UP);
    }

    /** A border of an axis, in one unit: {@code 10 min}. */
    static String border(long seconds) {
        if (seconds == 0) {
            return "0";
        }
        if (seconds % YEAR == 0) {
            return seconds / YEAR + BLANK + "y";
        }
        if (seconds % DAY == 0) {
            return seconds / DAY + BLANK + "d";
        }
        if (seconds % HOUR == 0) {
            return seconds / HOUR + BLANK + "h";
        }
        return seconds % MINUTE == 0 ? seconds / MINUTE + BLANK + "min" : seconds + BLANK + "s";
    }

    /** Of a hundred, to a tenth; what is not all or nothing never reads like it. */
    static String share(double share) {
        BigDecimal percent = BigDecimal.valueOf(share * 100).setScale(1, RoundingMode.HALF_UP);
        if (share > 0 && percent.signum() == 0) {
            return "<" + BLANK + "0.1" + BLANK + "%";
        }
        if (share < 1 && percent.compareTo(BigDecimal.valueOf(100)) == 0) {
            return ">" + BLANK + "99.9" + BLANK + "%";
        }
        return percent.stripTrailingZeros().toPlainString() + BLANK + "%";
    }

    /** To the minute: {@code 4 March 2025, 05:06}. */
    static String moment(Instant instant, ZoneId zone) {
        ZonedDateTime at = instant.atZone(zone);
        return String.format(Locale.ROOT, "%s,\u00A0%02d:%02d", date(at.toLocalDate()), at.getHour(), at.getMinute());
    }

    static String date(LocalDate date) {
        return date.getDayOfMonth() + BLANK + MONTHS.get(date.getMonthValue() - 1) + BLANK + date.getYear();
    }

    /** {@code Mar}. */
    static String month(int month) {
        return MONTHS.get(month - 1).substring(0, 3);
    }
}

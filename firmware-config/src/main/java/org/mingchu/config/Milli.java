package org.mingchu.config;

import java.util.Optional;

/** Numbers with a unit, kept exactly as whole thousandths. */
final class Milli {
    private static final int DECIMALS_MAX = 3;
    private static final long THOUSAND = 1000;

    /** Far beyond every limit, and in thousandths not more than 15 digits. */
    private static final long WHOLE_MAX = 999_999_999_999L;

    private Milli() {}

    /**
     * A number that is kept as thousandths of its unit.
     *
     * @param unit as it is shown, such as {@code ℃}
     */
    static Form<Long> between(long minMilli, long maxMilli, String unit) {
        var expected =
                "a number from "
                        + text(minMilli)
                        + " to "
                        + text(maxMilli)
                        + " "
                        + unit
                        + " with at most "
                        + DECIMALS_MAX
                        + " decimals, without quotes";
        return new Form<>(expected, minMilli, raw -> parse(raw, minMilli, maxMilli, expected));
    }

    /** As it is written in a file: {@code -12.0}. */
    static String text(long milli) {
        var whole = (milli < 0 ? "-" : "") + Math.abs(milli / THOUSAND);
        // A one in front keeps the zeros behind the point.
        var thousandths = Long.toString(THOUSAND + Math.abs(milli % THOUSAND));
        var end = thousandths.length();
        while (end > 2 && thousandths.charAt(end - 1) == '0') {
            end--;
        }
        return whole + "." + thousandths.substring(1, end);
    }

    private static Parsed<Long> parse(Object raw, long min, long max, String expected) {
        var milli = exact(raw).filter(m -> m >= min && m <= max);
        return milli.isPresent()
                ? Parsed.right(milli.get())
                : new Parsed.Wrong<>(expected, mended(raw, min, max));
    }

    private static Optional<Long> exact(Object raw) {
        return switch (raw) {
            case Long whole when whole >= -WHOLE_MAX && whole <= WHOLE_MAX ->
                    Optional.of(whole * THOUSAND);
            case Double real when Math.abs(real) <= WHOLE_MAX -> exact(real.doubleValue());
            default -> Optional.empty();
        };
    }

    /** What the file says: of up to 15 digits no two decimals are the same double. */
    private static Optional<Long> exact(double real) {
        var milli = Math.round(real * THOUSAND);
        return (double) milli / THOUSAND == real ? Optional.of(milli) : Optional.empty();
    }

    /** A number in quotes, with the wrong sign, or with its point slipped by one place. */
    private static Optional<String> mended(Object raw, long min, long max) {
        if (raw instanceof String text && text.matches("-?\\d{1,6}(\\.\\d{1,3})?")) {
            return Optional.of(text);
        }
        var milli = exact(raw).orElse(0L);
        for (var meant : new long[] {-milli, milli / 10, -milli / 10}) {
            if (milli != 0 && meant >= min && meant <= max) {
                return Optional.of(text(meant));
            }
        }
        return Optional.empty();
    }
}

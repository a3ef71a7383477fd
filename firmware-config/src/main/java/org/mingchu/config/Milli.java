package org.mingchu.config;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers with a unit, kept exactly as whole thousandths. */
final class Milli {
    private static final int DECIMALS_MAX = 3;

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
        var number = BigDecimal.valueOf(milli, DECIMALS_MAX).stripTrailingZeros();
        return number.scale() < 1 ? number.setScale(1).toPlainString() : number.toPlainString();
    }

    private static Parsed<Long> parse(Object raw, long min, long max, String expected) {
        var milli = exact(raw).filter(m -> m >= min && m <= max);
        return milli.isPresent()
                ? Parsed.right(milli.get())
                : new Parsed.Wrong<>(expected, mended(raw, min, max));
    }

    private static Optional<Long> exact(Object raw) {
        return switch (raw) {
            case Long whole -> exact(BigDecimal.valueOf(whole));
            // The shortest decimal that is this double: what the file says, up to 15 digits.
            case Double real when Double.isFinite(real) -> exact(BigDecimal.valueOf(real));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> exact(BigDecimal number) {
        var milli = number.movePointRight(DECIMALS_MAX).stripTrailingZeros();
        return milli.scale() <= 0 && milli.precision() - milli.scale() <= 18
                ? Optional.of(milli.longValueExact())
                : Optional.empty();
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

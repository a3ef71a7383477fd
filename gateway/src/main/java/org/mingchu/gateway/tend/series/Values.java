package org.mingchu.gateway.tend.series;

import org.mingchu.config.Quantity;
import org.mingchu.gateway.tend.series.Complaints.Expected;

import java.util.Optional;
import java.util.OptionalLong;

/** Reads the numbers of a series as thousandths of their unit. Any thread. */
final class Values {
    private static final int DECIMALS = 3;
    private static final long MILLI = 1_000;

    /** Nothing is colder, and no kitchen's probe goes hotter, in thousandths of a degree. */
    private static final long CELSIUS_MIN = -273_150;

    private static final long CELSIUS_MAX = 1_000_000;

    /** Probes show some percent too much in fog. */
    private static final long HUMIDITY_MAX = 110_000;

    private static final long PERCENT_MAX = 100_000;

    /** Below thermal noise nothing is heard, whatever the band. */
    private static final long SIGNAL_MIN = -150_000;

    /** Digits before the point; a probe has four. */
    private static final int WHOLE_MAX = 9;

    private Values() {}

    /** A value in thousandths, decimals beyond them rounded; empty where it is none. */
    static OptionalLong milli(Quantity quantity, String text) {
        var milli = number(text.strip());
        return milli.isPresent() && fits(quantity, milli.getAsLong())
                ? milli
                : OptionalLong.empty();
    }

    /** By hand: a year of a kitchen has fifty million of them, each of them read twice. */
    private static OptionalLong number(String text) {
        var from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        var point = text.indexOf('.');
        var whole = point < 0 ? text.length() : point;
        if (whole == from || whole - from > WHOLE_MAX || point == text.length() - 1) {
            return OptionalLong.empty();
        }
        var milli = 0L;
        for (var i = from; i < text.length(); i++) {
            var digit = text.charAt(i) - '0';
            if (i == point) {
                continue;
            }
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            if (i < whole || i - point <= DECIMALS) {
                milli = milli * 10 + digit;
            } else if (i - point == DECIMALS + 1 && digit >= 5) {
                milli++;
            }
        }
        for (var i = point < 0 ? 0 : text.length() - 1 - point; i < DECIMALS; i++) {
            milli *= 10;
        }
        return OptionalLong.of(text.startsWith("-") ? -milli : milli);
    }

    private static boolean fits(Quantity quantity, long milli) {
        return switch (quantity) {
            case TEMPERATURE -> milli >= CELSIUS_MIN && milli <= CELSIUS_MAX;
            case HUMIDITY -> milli >= 0 && milli <= HUMIDITY_MAX;
            case BATTERY, LINK -> milli >= 0 && milli <= PERCENT_MAX;
            case SIGNAL -> milli >= SIGNAL_MIN && milli <= 0;
            case DOOR, MAINS, SMOKE, GAS, WATER, DEFROST -> milli == 0 || milli == MILLI;
        };
    }

    /** What should have stood where {@code text} stands. */
    static Expected expected(Quantity quantity, String text) {
        var form =
                switch (quantity) {
                    case TEMPERATURE -> "degrees Celsius with a decimal point, such as -18.5";
                    case HUMIDITY, BATTERY, LINK -> "percent with a decimal point, such as 65.5";
                    case SIGNAL -> "dBm with a decimal point, such as -71.0";
                    case DOOR -> "0 for closed or 1 for open";
                    case MAINS, SMOKE, GAS, WATER, DEFROST -> "0 for off or 1 for on";
                };
        return new Expected(form + ", or nothing where there was no value", meant(quantity, text));
    }

    private static Optional<String> meant(Quantity quantity, String text) {
        var mended = text.strip().replace(',', '.').replace('−', '-').replaceAll("[ °℃C%]+$", "");
        return Optional.of(mended)
                .filter(m -> !m.equals(text.strip()))
                .filter(m -> milli(quantity, m).isPresent());
    }
}

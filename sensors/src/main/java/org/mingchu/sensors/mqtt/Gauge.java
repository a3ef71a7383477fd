package org.mingchu.sensors.mqtt;

import org.mingchu.config.Quantity;
import org.mingchu.sensors.Fault;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * From what a payload says to thousandths of a quantity's unit, or to the reason why not.
 * Immutable.
 *
 * @param scale how the number at this place is written
 */
record Gauge(Quantity quantity, Scale scale) {
    /**
     * Ranges in thousandths: wider than any probe of a kitchen, narrower than a slip of a digit.
     */
    private static final Range CELSIUS = new Range(-200_000, 400_000, "−200 to +400 °C");

    private static final Range PERCENT = new Range(0, 100_000, "0 to 100 %");
    private static final Range DBM = new Range(-200_000, 30_000, "−200 to +30 dBm");
    private static final Range RATIO = new Range(0, 1_000, "0 to 1");

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal LINK_QUALITY_MAX = BigDecimal.valueOf(255);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Beyond it no range reaches, and rounding would cost memory. */
    private static final int DIGITS_MAX = 12;

    /** How the number is written. */
    enum Scale {
        /** In the quantity's own unit. */
        OWN,
        /** Zigbee's link quality, 0 to 255. */
        OF_255,
        /** A link in percent. */
        OF_100,
        /** Volts or millivolts where a percentage is asked for. */
        VOLTS,
        /** True means that the contact is closed. */
        TRUE_IS_CLOSED
    }

    /** What was found. */
    sealed interface Found {
        record Milli(long value) implements Found {}

        record None(Fault fault, String why) implements Found {}
    }

    private record Range(long min, long max, String words) {}

    /**
     * @param fahrenheit whether the payload says that its temperatures are in °F
     */
    Found of(Scalar scalar, boolean fahrenheit) {
        return switch (scalar) {
            case Scalar.Nothing() -> none(Fault.DISCONNECTED, "the device has no value (null)");
            case Scalar.Heap() -> none(Fault.BUS, "no single value stands there");
            case Scalar.Truth(var value) -> truth(value);
            case Scalar.Word(var text) -> word(text.toLowerCase(Locale.ROOT));
            case Scalar.Num(var value) ->
                    quantity.contact() ? bit(value) : number(value, fahrenheit);
        };
    }

    private Found truth(boolean value) {
        return quantity.contact()
                ? contact(value)
                : none(Fault.BUS, "true or false is not a " + quantity.word());
    }

    private Found bit(BigDecimal value) {
        if (value.signum() == 0) {
            return contact(false);
        }
        return value.compareTo(BigDecimal.ONE) == 0
                ? contact(true)
                : none(Fault.OUT_OF_RANGE, "a contact is 0 or 1");
    }

    private Found contact(boolean value) {
        var open = value != (scale == Scale.TRUE_IS_CLOSED);
        return new Found.Milli(open ? 1000 : 0);
    }

    /** "offline" is the bad one, so it is the one that counts 1, as for a detector. */
    private Found word(String word) {
        return switch (word) {
            case "nan", "unknown", "unavailable", "none", "" ->
                    none(Fault.DISCONNECTED, "the device has no value");
            case "open", "offline" -> stated(1000);
            case "closed", "online" -> stated(0);
            case "on", "true" -> truth(true);
            case "off", "false" -> truth(false);
            default -> none(Fault.BUS, "a word that means no " + quantity.word());
        };
    }

    private Found stated(long milli) {
        return quantity.contact()
                ? new Found.Milli(milli)
                : none(Fault.BUS, "a contact's word is not a " + quantity.word());
    }

    private Found number(BigDecimal value, boolean fahrenheit) {
        if (scale == Scale.VOLTS) {
            return none(Fault.BUS, "volts are not a percentage: name the place of the percentage");
        }
        if (value.precision() - value.scale() > DIGITS_MAX) {
            return none(Fault.OUT_OF_RANGE, "outside " + range().words);
        }
        var milli =
                scaled(value, fahrenheit && quantity == Quantity.TEMPERATURE)
                        .multiply(THOUSAND)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact();
        return milli < range().min || milli > range().max
                ? none(Fault.OUT_OF_RANGE, "outside " + range().words)
                : new Found.Milli(milli);
    }

    private BigDecimal scaled(BigDecimal value, boolean fahrenheit) {
        if (fahrenheit) {
            return value.subtract(BigDecimal.valueOf(32))
                    .multiply(BigDecimal.valueOf(5))
                    .divide(BigDecimal.valueOf(9), 6, RoundingMode.HALF_EVEN);
        }
        return switch (scale) {
            case OF_255 ->
                    value.multiply(HUNDRED).divide(LINK_QUALITY_MAX, 6, RoundingMode.HALF_EVEN);
            case OWN, OF_100, VOLTS, TRUE_IS_CLOSED -> value;
        };
    }

    private Range range() {
        return switch (quantity) {
            case TEMPERATURE -> CELSIUS;
            case HUMIDITY, BATTERY, LINK -> PERCENT;
            case SIGNAL -> DBM;
            case DOOR, MAINS, SMOKE, GAS, WATER, DEFROST -> RATIO;
        };
    }

    private static Found.None none(Fault fault, String why) {
        return new Found.None(fault, why);
    }
}

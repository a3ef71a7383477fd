package org.mingchu.sensors.coap;

import org.mingchu.config.Quantity;

import java.util.OptionalDouble;

/**
 * From what a record says to thousandths of its sensor's unit. A unit that does not fit is refused:
 * the fault is in the site file or in the probe, and a number alone would hide it. Immutable.
 */
sealed interface Measure {
    record Milli(long value) implements Measure {}

    /** A value that this quantity cannot have: the probe is ill. */
    record Beyond(String why) implements Measure {}

    /** Not a value of this quantity. */
    record Unfit(String why) implements Measure {}

    /** Added to degrees Celsius. */
    double KELVIN_OF_ZERO_CELSIUS = 273.15;

    double PERCENT = 100;

    /** A contact that is open, in thousandths. */
    long ONE_MILLI = 1_000;

    double MILLI = 1_000;

    /**
     * What a record's value is in a sensor's unit.
     *
     * @param implied the name itself says the unit, as an LwM2M path does
     */
    static Measure of(Quantity quantity, Said said, String unit, Implied implied) {
        return switch (said) {
            case Said.Switch(var on) when quantity.contact() -> new Milli(on ? ONE_MILLI : 0);
            case Said.Switch _ -> new Unfit(quantity.word() + " is a number, not true or false");
            case Said.Amount(var value) -> ofNumber(quantity, value, unit, implied);
        };
    }

    /** Whether a record without a unit has one all the same. */
    enum Implied {
        BY_NAME,
        NOT
    }

    private static Measure ofNumber(Quantity quantity, double value, String unit, Implied implied) {
        var own = inOwnUnit(quantity, value, unit, implied);
        if (own.isEmpty()) {
            return new Unfit(
                    quantity.word()
                            + " is in "
                            + quantity.senmlUnit()
                            + (unit.isEmpty() ? ", and the record has no unit" : ", not in that"));
        }
        var given = own.getAsDouble();
        var range = Range.of(quantity);
        if (given < range.from || given > range.to) {
            return new Beyond(quantity.word() + " outside " + range.from + " to " + range.to);
        }
        if (quantity.contact() && given != 0 && given != 1) {
            return new Beyond(quantity.word() + " is neither 0 nor 1");
        }
        return new Milli(Math.round(given * MILLI));
    }

    private static OptionalDouble inOwnUnit(
            Quantity quantity, double value, String unit, Implied implied) {
        if (unit.equals(quantity.senmlUnit())) {
            return OptionalDouble.of(value);
        }
        if (unit.isEmpty()) {
            return implied == Implied.BY_NAME || quantity.contact()
                    ? OptionalDouble.of(value)
                    : OptionalDouble.empty();
        }
        return switch (quantity) {
            case TEMPERATURE -> when(unit.equals("K"), value - KELVIN_OF_ZERO_CELSIUS);
            // LwM2M gives the battery's level in plain per cent.
            case BATTERY -> when(unit.equals("%"), value);
            case LINK ->
                    unit.equals("/")
                            ? OptionalDouble.of(value * PERCENT)
                            : when(unit.equals("%"), value);
            case HUMIDITY, SIGNAL, DOOR, MAINS, SMOKE, GAS, WATER, DEFROST ->
                    OptionalDouble.empty();
        };
    }

    private static OptionalDouble when(boolean fits, double value) {
        return fits ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * What a thing of this kind can say at all, wide enough for a humidity sensor in its own dew.
     */
    record Range(double from, double to) {
        static Range of(Quantity quantity) {
            return switch (quantity) {
                case TEMPERATURE -> new Range(-KELVIN_OF_ZERO_CELSIUS, 1_000);
                case HUMIDITY -> new Range(-5, 110);
                case BATTERY -> new Range(0, 110);
                case SIGNAL -> new Range(-200, 50);
                case LINK -> new Range(0, PERCENT);
                case DOOR, MAINS, SMOKE, GAS, WATER, DEFROST -> new Range(0, 1);
            };
        }
    }
}

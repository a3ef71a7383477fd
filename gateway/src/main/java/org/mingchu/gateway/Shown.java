package org.mingchu.gateway;

import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.sensors.Reading;

import java.math.BigDecimal;

/** Values as people read them. */
final class Shown {
    private static final int DECIMALS = 3;

    private Shown() {}

    /** A value with its unit. */
    static String value(Measure measure, long milli) {
        return switch (measure) {
            case TEMPERATURE -> number(milli) + " °C";
            case HUMIDITY, PERCENT -> number(milli) + " %";
            case SIGNAL -> number(milli) + " dBm";
            // Their values are 0 and 1, so that a mean is a share.
            case DOOR -> share(milli, "shut", "open");
            case CONTACT -> share(milli, "off", "on");
            case CAMERA -> share(milli, "not healthy", "healthy");
            case NONE -> "";
        };
    }

    private static String share(long milli, String none, String all) {
        if (milli == 0) {
            return none;
        }
        return milli == 1_000 ? all : all + " " + number(milli * 100) + " %";
    }

    /** What a reading said; a reason is said elsewhere. */
    static String value(Reading reading) {
        return switch (reading) {
            case Reading.Measured m -> value(Measure.of(m.quantity()), m.milli());
            case Reading.Seen seen -> seen.verdict().word();
            case Reading.Silent _ -> "-";
        };
    }

    /** Thousandths, with one decimal or as many as there are. */
    static String number(long milli) {
        var exact = BigDecimal.valueOf(milli, DECIMALS).stripTrailingZeros();
        return (exact.scale() < 1 ? exact.setScale(1) : exact).toPlainString();
    }

    /** For machines. */
    static BigDecimal decimal(long milli) {
        return BigDecimal.valueOf(milli, DECIMALS);
    }

    /** Hundredths of a per cent. */
    static String perCent(long basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).toPlainString() + " %";
    }

    /** What is measured, for a title. */
    static String of(Measure measure) {
        return switch (measure) {
            case TEMPERATURE -> "temperature in °C";
            case HUMIDITY -> "humidity in %";
            case PERCENT -> "battery or link in %";
            case SIGNAL -> "signal in dBm";
            case DOOR -> "door, 0 shut, 1 open";
            case CONTACT -> "contact, 0 off, 1 on";
            case CAMERA -> "camera, 1 healthy, 0 not";
            case NONE -> "nothing";
        };
    }
}

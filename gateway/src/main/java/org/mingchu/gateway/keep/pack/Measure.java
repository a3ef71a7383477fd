package org.mingchu.gateway.keep.pack;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.sensors.Reading;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** What a curve is a curve of: values of different measures are never put together. */
public enum Measure {
    TEMPERATURE(0),
    HUMIDITY(1),
    DOOR(2),

    /** 1000 while the camera is healthy, 0 while it is not: the mean is its share of health. */
    CAMERA(3),

    /** The subject was silent throughout. */
    NONE(4),
    /** A contact that reports: mains, smoke, gas, water. */
    CONTACT(5);

    static final long HEALTHY_MILLI = 1000;

    /** In summaries; for ever, never re-used. */
    private final int code;

    Measure(int code) {
        this.code = code;
    }

    /** A number for columns and keys that stands for it for ever; at most 7. */
    public int code() {
        return code;
    }

    static Measure coded(long code) {
        for (var measure : values()) {
            if (measure.code == code) {
                return measure;
            }
        }
        throw new Cbor.Unknown("measure " + code);
    }

    public static Measure of(Quantity quantity) {
        return switch (quantity) {
            case TEMPERATURE -> TEMPERATURE;
            case HUMIDITY -> HUMIDITY;
            case DOOR -> DOOR;
            case MAINS, SMOKE, GAS, WATER, DEFROST -> CONTACT;
        };
    }

    /** Whether values of this measure are of the quantity that a column calls so. */
    boolean counts(long quantity) {
        return Arrays.stream(Quantity.values())
                .anyMatch(one -> Codes.of(one) == quantity && of(one) == this);
    }

    /**
     * The number by which a column calls the one quantity that is measured so; empty when there is
     * none or several.
     */
    OptionalLong quantity() {
        return switch (this) {
            case TEMPERATURE -> OptionalLong.of(Codes.of(Quantity.TEMPERATURE));
            case HUMIDITY -> OptionalLong.of(Codes.of(Quantity.HUMIDITY));
            case DOOR -> OptionalLong.of(Codes.of(Quantity.DOOR));
            case CAMERA, NONE, CONTACT -> OptionalLong.empty();
        };
    }

    /** Empty for silence. */
    public static Optional<Measure> of(Reading reading) {
        return switch (reading) {
            case Reading.Measured m -> Optional.of(of(m.quantity()));
            case Reading.Seen _ -> Optional.of(CAMERA);
            case Reading.Silent _ -> Optional.empty();
        };
    }

    /** What a reading counts for in a curve; empty for silence. */
    public static OptionalLong milli(Reading reading) {
        return switch (reading) {
            case Reading.Measured m -> OptionalLong.of(m.milli());
            case Reading.Seen s -> OptionalLong.of(milli(s.verdict()));
            case Reading.Silent _ -> OptionalLong.empty();
        };
    }

    static long milli(CameraVerdict verdict) {
        return verdict == CameraVerdict.HEALTHY ? HEALTHY_MILLI : 0;
    }
}

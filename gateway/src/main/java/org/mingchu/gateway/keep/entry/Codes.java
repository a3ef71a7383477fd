package org.mingchu.gateway.keep.entry;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The numbers that stand for words in entries, and the way back. A number means its word for ever:
 * numbers are added, never re-used. What is rare is written as the word itself.
 */
public final class Codes {
    private Codes() {}

    public static int of(Lane lane) {
        return switch (lane) {
            case ALARM -> 0;
            case READING -> 1;
            case NONE -> 2;
        };
    }

    public static int of(Quantity quantity) {
        return switch (quantity) {
            case TEMPERATURE -> 0;
            case HUMIDITY -> 1;
            case DOOR -> 2;
            case MAINS -> 3;
            case SMOKE -> 4;
            case GAS -> 5;
            case WATER -> 6;
            case DEFROST -> 7;
            case BATTERY -> 8;
            case SIGNAL -> 9;
            case LINK -> 10;
        };
    }

    public static int of(ClockState clock) {
        return switch (clock) {
            case SYNCED -> 0;
            case HOLDOVER -> 1;
            case RTC -> 2;
            case UNSYNCED -> 3;
        };
    }

    public static int of(Fault fault) {
        return switch (fault) {
            case SILENT -> 0;
            case CRC -> 1;
            case POWER_ON -> 2;
            case DISCONNECTED -> 3;
            case OUT_OF_RANGE -> 4;
            case STUCK -> 5;
            case IMPLAUSIBLE -> 6;
            case BUS -> 7;
        };
    }

    public static int of(CameraVerdict verdict) {
        return switch (verdict) {
            case UNREACHABLE -> 0;
            case REFUSED -> 1;
            case NO_ANSWER -> 2;
            case AUTH -> 3;
            case NO_SUCH_STREAM -> 4;
            case NO_VIDEO -> 5;
            case PROTOCOL -> 6;
            case HEALTHY -> 7;
            case UNKNOWN -> 8;
            case PLANNED_OFF -> 9;
            case NO_PICTURE -> 10;
            case FROZEN -> 11;
            case BLACK -> 12;
            case COVERED -> 13;
            case BLURRED -> 14;
            case MOVED -> 15;
            case OVERLAY_STOPPED -> 16;
            case UNREGISTERED -> 17;
            case HEARTBEAT_LOST -> 18;
            case FAULT_REPORTED -> 19;
            case RECORDING_SHORT -> 20;
            case RECORDING_STOPPED -> 21;
            case DISK_FAULT -> 22;
            case DISK_FULL -> 23;
            case CLOCK_WRONG -> 24;
            case CLOCK_ZONE -> 25;
            case NETWORK_LOST -> 26;
            case LINK_LOST -> 27;
        };
    }

    /** The number of the bit that stands for a flag. */
    public static int of(Flag flag) {
        return switch (flag) {
            case LATE -> 0;
            case UNAUTHENTICATED -> 1;
            case CALIBRATION_EXPIRED -> 2;
            case NOT_INDEPENDENT -> 3;
            case BACKFILLED -> 4;
            case SIMULATED -> 5;
        };
    }

    public static long bits(Set<Flag> flags) {
        var bits = 0L;
        for (var flag : flags) {
            bits |= 1L << of(flag);
        }
        return bits;
    }

    public static Set<Flag> flags(long bits) {
        var flags = EnumSet.noneOf(Flag.class);
        for (var flag : Flag.values()) {
            if ((bits & 1L << of(flag)) != 0) {
                flags.add(flag);
            }
        }
        if (bits(flags) != bits) {
            throw new Cbor.Unknown("flags " + Long.toBinaryString(bits));
        }
        return flags;
    }

    /** The one of {@code all} that {@code number} stands for. */
    public static <E> E numbered(E[] all, ToIntFunction<E> code, long number) {
        for (var one : all) {
            if (code.applyAsInt(one) == number) {
                return one;
            }
        }
        throw new Cbor.Unknown("number " + number);
    }

    /** The one of {@code all} that {@code wanted} names. */
    public static <E> E named(E[] all, Function<E, String> word, String wanted) {
        for (var one : all) {
            if (word.apply(one).equals(wanted)) {
                return one;
            }
        }
        throw new Cbor.Unknown("word " + wanted);
    }
}

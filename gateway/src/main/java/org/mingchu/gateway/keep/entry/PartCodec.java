package org.mingchu.gateway.keep.entry;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The parts that entries and snapshots are made of, as journal.cddl describes them. */
final class PartCodec {
    /** A boot id as the kernel writes it; it is kept as 16 bytes, anything else as text. */
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final int UUID_BYTES = 16;
    private static final int MEASURED = 0;
    private static final int SEEN = 1;
    private static final int SILENT = 2;

    private PartCodec() {}

    static void moment(CborWriter out, Moment moment) {
        out.array(5);
        boot(out, moment.boot());
        out.integer(moment.upNs()).integer(moment.wallMs()).integer(Codes.of(moment.clock()));
        if (moment.errorMs() == Moment.ERROR_UNKNOWN_MS) {
            out.nothing();
        } else {
            out.integer(moment.errorMs());
        }
    }

    static Moment moment(CborReader in) {
        var rest = in.array(5);
        var boot = boot(in);
        var upNs = in.integer();
        var wallMs = in.integer();
        var clock = clock(in);
        var errorMs = in.nothing() ? Moment.ERROR_UNKNOWN_MS : in.integer();
        in.skip(rest);
        return new Moment(boot, upNs, wallMs, clock, errorMs);
    }

    static ClockState clock(CborReader in) {
        return Codes.numbered(ClockState.values(), Codes::of, in.integer());
    }

    static void boot(CborWriter out, String boot) {
        if (boot.length() == 36 && UUID_TEXT.matcher(boot).matches()) {
            uuid(out, UUID.fromString(boot));
        } else {
            out.text(boot);
        }
    }

    static String boot(CborReader in) {
        if (!in.nextIsText()) {
            return uuid(in).toString();
        }
        var boot = in.text();
        if (UUID_TEXT.matcher(boot).matches()) {
            throw new Cbor.Malformed("boot id " + boot + " as text");
        }
        return boot;
    }

    static void alarmId(CborWriter out, AlarmId id) {
        uuid(out, id.value());
    }

    static AlarmId alarmId(CborReader in) {
        return new AlarmId(uuid(in));
    }

    private static void uuid(CborWriter out, UUID uuid) {
        out.bytes(
                ByteBuffer.allocate(UUID_BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
    }

    private static UUID uuid(CborReader in) {
        var bytes = in.bytes();
        if (bytes.length != UUID_BYTES) {
            throw new Cbor.Malformed("a UUID of " + bytes.length + " bytes");
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static void reading(CborWriter out, Reading reading) {
        switch (reading) {
            case Reading.Measured m ->
                    out.array(7)
                            .integer(MEASURED)
                            .text(m.subject())
                            .integer(Codes.of(m.quantity()))
                            .integer(m.rawMilli())
                            .integer(m.milli())
                            .integer(m.ageNs())
                            .integer(Codes.bits(m.flags()));
            case Reading.Seen s ->
                    out.array(4)
                            .integer(SEEN)
                            .text(s.subject())
                            .integer(Codes.of(s.verdict()))
                            .integer(s.ageNs());
            case Reading.Silent s ->
                    out.array(4)
                            .integer(SILENT)
                            .text(s.subject())
                            .integer(Codes.of(s.fault()))
                            .text(s.detail());
        }
    }

    static Reading reading(CborReader in) {
        var size = in.array();
        var sort = in.integer();
        if (sort == MEASURED) {
            return rest(in, size - 7, measured(in));
        }
        if (sort == SEEN) {
            return rest(in, size - 4, seen(in));
        }
        if (sort == SILENT) {
            return rest(in, size - 4, silent(in));
        }
        throw new Cbor.Unknown("reading " + sort);
    }

    /**
     * What one subject says in a round: other readings are stepped over, as a chart of one sensor
     * needs none of them.
     *
     * @param subject in UTF-8
     */
    static List<Reading> readingsOf(CborReader in, byte[] subject) {
        var readings = new ArrayList<Reading>(1);
        for (var left = in.array(); left > 0; left--) {
            var start = in.mark();
            var size = in.array();
            in.skip(1);
            if (in.textIs(subject)) {
                in.backTo(start);
                readings.add(reading(in));
            } else {
                in.skip(size - 2);
            }
        }
        return readings;
    }

    private static Reading rest(CborReader in, int items, Reading reading) {
        if (items < 0) {
            throw new Cbor.Malformed("a reading that says it is shorter by " + -items);
        }
        in.skip(items);
        return reading;
    }

    private static Reading measured(CborReader in) {
        return new Reading.Measured(
                in.text(),
                Codes.numbered(Quantity.values(), Codes::of, in.integer()),
                in.integer(),
                in.integer(),
                in.integer(),
                Codes.flags(in.integer()));
    }

    private static Reading seen(CborReader in) {
        return new Reading.Seen(
                in.text(),
                Codes.numbered(CameraVerdict.values(), Codes::of, in.integer()),
                in.integer());
    }

    private static Reading silent(CborReader in) {
        return new Reading.Silent(
                in.text(), Codes.numbered(Fault.values(), Codes::of, in.integer()), in.text());
    }

    static void person(CborWriter out, Person person) {
        out.array(3).text(person.id()).text(person.role().word()).text(person.strength().word());
    }

    static Person person(CborReader in) {
        var rest = in.array(3);
        var person =
                new Person(
                        in.text(),
                        Codes.named(Role.values(), Role::word, in.text()),
                        Codes.named(Strength.values(), Strength::word, in.text()));
        in.skip(rest);
        return person;
    }

    static void range(CborWriter out, SeqRange range) {
        out.array(2).integer(range.from()).integer(range.to());
    }

    static SeqRange range(CborReader in) {
        var rest = in.array(2);
        var from = in.integer();
        var to = in.integer();
        in.skip(rest);
        if (from < 1 || to < from) {
            throw new Cbor.Malformed("range " + from + ".." + to);
        }
        return new SeqRange(from, to);
    }

    static <T> void list(CborWriter out, List<T> items, BiConsumer<CborWriter, T> each) {
        out.array(items.size());
        for (var item : items) {
            each.accept(out, item);
        }
    }

    static <T> List<T> list(CborReader in, Function<CborReader, T> each) {
        var size = in.array();
        var items = new ArrayList<T>(size);
        for (var i = 0; i < size; i++) {
            items.add(each.apply(in));
        }
        return items;
    }

    /** Writes key and value when there is a value. */
    static <T> void maybe(
            CborWriter out, int key, Optional<T> value, BiConsumer<CborWriter, T> each) {
        if (value.isPresent()) {
            each.accept(out.key(key), value.get());
        }
    }

    static <T> Optional<T> maybe(CborReader in, int key, Function<CborReader, T> each) {
        return in.at(key) ? Optional.of(each.apply(in)) : Optional.empty();
    }

    /** Writes key and number when there is one. */
    static void number(CborWriter out, int key, OptionalLong value) {
        if (value.isPresent()) {
            out.key(key).integer(value.getAsLong());
        }
    }

    static OptionalLong number(CborReader in, int key) {
        return in.at(key) ? OptionalLong.of(in.integer()) : OptionalLong.empty();
    }
}

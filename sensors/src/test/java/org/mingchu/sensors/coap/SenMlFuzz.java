package org.mingchu.sensors.coap;

import org.mingchu.config.Quantity;

/** What a probe may send for a pack: a pack within its limits, or a reason fit for a log. */
public final class SenMlFuzz {
    private static final int WHY_CHARS_MAX = 120;

    private SenMlFuzz() {}

    /** SenML in JSON. */
    public static final class Json {
        private Json() {}

        public static void fuzzerTestOneInput(byte[] body) {
            holds(SenMl.read(SenMl.Form.JSON, body));
        }
    }

    /** SenML in CBOR. */
    public static final class Cbor {
        private Cbor() {}

        public static void fuzzerTestOneInput(byte[] body) {
            holds(SenMl.read(SenMl.Form.CBOR, body));
        }
    }

    private static void holds(SenMl.Decoded decoded) {
        switch (decoded) {
            case SenMl.Refused(var why) ->
                    check(!why.isBlank() && why.length() <= WHY_CHARS_MAX && !why.contains("\n"));
            case SenMlPack pack -> {
                check(pack.values().size() <= SenMl.RECORDS_MAX);
                check(pack.sequence().orElse(0) >= 0);
                pack.values().forEach(SenMlFuzz::holds);
            }
        }
    }

    private static void holds(SenMlValue value) {
        check(!value.name().isEmpty() && value.name().length() <= SenMl.NAME_CHARS_MAX);
        check(!(value.said() instanceof Said.Amount(var amount)) || Double.isFinite(amount));
        for (var quantity : Quantity.values()) {
            var measure = Measure.of(quantity, value.said(), value.unit(), Roster.implied(value));
            if (measure instanceof Measure.Milli(var milli)) {
                check(Math.abs(milli) <= 1_000 * Measure.ONE_MILLI);
            }
        }
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("a pack or a reason beyond its limits");
        }
    }
}

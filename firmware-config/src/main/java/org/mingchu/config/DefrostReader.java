package org.mingchu.config;

import java.time.Duration;
import java.util.Optional;

/** Reads what is known about a unit's defrosts: a schedule or a signal. */
final class DefrostReader {
    /** Controllers end a defrost after 20 to 60 minutes; drip time included, 2 h is a fault. */
    private static final Form<Duration> LONGEST =
            Times.duration(Duration.ofMinutes(1), Duration.ofHours(2));

    private static final String EXPECTED =
            "either schedule and longest, or signal; a unit without defrost has it learned";

    private DefrostReader() {}

    static Defrost read(Table table, Census census) {
        var starts = table.list("schedule", Times.TIME_OF_DAY_FORM);
        var longest = table.may("longest", LONGEST);
        var signal = table.may("signal", Sources.PIN);
        checkChoice(table);
        table.end();
        if (table.has("signal")) {
            return signalled(signal, table, census);
        }
        return new Defrost.Scheduled(starts, longest.orElse(LONGEST.standIn()));
    }

    private static Defrost signalled(Optional<Integer> pin, Table table, Census census) {
        pin.ifPresent(p -> census.claimSource(new Source.Gpio(p), table.spot("signal")));
        return new Defrost.Signalled(new Source.Gpio(pin.orElse(0)));
    }

    private static void checkChoice(Table table) {
        var partly = table.has("schedule") || table.has("longest");
        var scheduled = table.has("schedule") && table.has("longest");
        if (table.has("signal") && partly) {
            table.problems().error(table.header().showing("both"), EXPECTED);
        } else if (!table.has("signal") && !scheduled) {
            table.problems().missing(table.header(), EXPECTED);
        }
    }
}

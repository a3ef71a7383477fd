package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the sensors of a unit. */
final class SensorReader {
    private static final Form<Quantity> MEASURES =
            Form.oneOf(List.of(Quantity.values()), Quantity::word);

    /** A probe that is off by more than 5 K is not calibrated but broken. */
    private static final Form<Long> OFFSET = Milli.between(-5_000, 5_000, "K");

    /** How often a probe that is not asked has to speak, unless the site file says so. */
    static final Duration TOLD_DEFAULT = Duration.ofMinutes(5);

    /** A battery that is told of once a day is told of often enough. */
    private static final Form<Duration> OF_PROBE =
            Times.duration(Duration.ofSeconds(1), Duration.ofHours(24));

    private static final Duration OF_PROBE_DEFAULT = Duration.ofHours(6);

    private SensorReader() {}

    static SensorPlan read(Table table, Census census) {
        var id = table.ask("id", Form.ID);
        id.ifPresent(i -> census.claimId(i, table.spot("id")));
        var measures = table.ask("measures", MEASURES);
        var source = table.ask("source", Sources.ANY);
        source.ifPresent(s -> census.claimSource(s, table.spot("source")));
        measures.ifPresent(m -> source.ifPresent(s -> checkFit(m, s, table)));
        var period = period(table, measures, source.filter(Source::told).isPresent());
        var calibration = table.mayTable("calibration").map(SensorReader::calibration);
        var inverted = table.may("inverted", Form.YES_NO);
        measures.ifPresent(m -> checkKeys(m, table));
        table.end();
        return new SensorPlan(
                id.orElse(""),
                measures.orElse(MEASURES.standIn()),
                source.orElse(Sources.ANY.standIn()),
                period,
                calibration.orElse(Calibration.NONE),
                inverted.orElse(false));
    }

    /** A probe on a battery speaks seldom, and of its battery more seldom still. */
    private static Optional<Duration> period(
            Table table, Optional<Quantity> measures, boolean told) {
        var ofProbe = measures.filter(Quantity::ofProbe).isPresent();
        var given = table.may("period", ofProbe ? OF_PROBE : SiteReader.PERIOD);
        if (given.isPresent() || !told) {
            return given;
        }
        return Optional.of(ofProbe ? OF_PROBE_DEFAULT : TOLD_DEFAULT);
    }

    private static Calibration calibration(Table table) {
        var calibration =
                new Calibration(
                        table.may("offset_kelvin", OFFSET).orElse(0L),
                        table.may("certificate", Form.TEXT),
                        table.may("due", Form.DATE));
        table.end();
        return calibration;
    }

    /** A DS18B20 knows temperature only, a pin knows open and closed only. */
    private static void checkFit(Quantity measures, Source source, Table table) {
        var only =
                switch (source) {
                    case Source.W1 _ -> Optional.of(Quantity.TEMPERATURE);
                    case Source.Gpio _ ->
                            measures.contact()
                                    ? Optional.<Quantity>empty()
                                    : Optional.of(Quantity.DOOR);
                    case Source.Hwmon _,
                            Source.Iio _,
                            Source.I2c _,
                            Source.Spi _,
                            Source.Modbus _,
                            Source.Coap _,
                            Source.Mqtt _ ->
                            Optional.<Quantity>empty();
                };
        only.filter(quantity -> quantity != measures)
                .ifPresent(quantity ->
                        table.problems()
                                .error(
                                        table.spot("measures"),
                                        "what its source measures",
                                        Optional.of(Problems.quoted(quantity.word()))));
    }

    private static void checkKeys(Quantity measures, Table table) {
        if (measures.contact() && table.has("calibration")) {
            table.problems()
                    .error(table.keySpot("calibration"), "no calibration: a contact has none");
        }
        if (!measures.contact() && table.has("inverted")) {
            table.problems()
                    .error(
                            table.keySpot("inverted"),
                            "inverted at a contact only (measures = \"door\")");
        }
    }
}

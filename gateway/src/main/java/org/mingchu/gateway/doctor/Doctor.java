package org.mingchu.gateway.doctor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every check there is, of one gateway. Immutable. */
public final class Doctor {
    private Doctor() {}

    /** All of them, in the order in which they are shown. */
    public static List<Check> all(Patient patient) {
        return Stream.of(
                        new AgentChecks(patient).all(),
                        new ClockChecks(patient).all(),
                        new PowerChecks(patient).all(),
                        new BoardChecks(patient).all(),
                        new DiskChecks(patient).all(),
                        new RecordChecks(patient).all(),
                        new BusChecks(patient).all(),
                        new ChipChecks(patient).all(),
                        new SensorChecks(patient).all(),
                        new NetworkChecks(patient).all(),
                        new PlatformChecks(patient).all(),
                        new PeopleChecks(patient).all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Those that a self-test asks: whoever stands before the gateway wants to know whether it
     * senses, sounds, keeps and tells.
     */
    public static List<Check> selfTest(Patient patient) {
        return Stream.of(
                        new SensorChecks(patient).each().stream(),
                        all(patient).stream().filter(check -> TESTED.contains(check.id())))
                .flatMap(checks -> checks)
                .toList();
    }

    /**
     * What became of lamps and buzzer in a self-test: whether they could be driven, for nobody but
     * a person can tell whether they were seen and heard.
     *
     * @param sounded whether the test sounded; not while an alarm does
     */
    public static List<Finding> sounds(Patient patient, boolean sounded) {
        var pins = patient.plan().orElseThrow().site().annunciator();
        var missing = patient.agent().map(Witness::missingPins).orElse(List.of());
        return List.of(
                Finding.of(
                        new Check("test.lamps", () -> Verdict.ok()),
                        lamps(pins.red().isPresent(), pins.amber().isPresent(), missing)),
                Finding.of(
                        new Check("test.buzzer", () -> Verdict.ok()),
                        buzzer(pins.buzzer().isPresent(), missing, sounded)));
    }

    private static Verdict lamps(boolean red, boolean amber, List<String> missing) {
        var broken = missing.stream().filter(pin -> !pin.equals("buzzer")).toList();
        if (!red && !amber) {
            return Verdict.skipped("not-fitted");
        }
        if (!broken.isEmpty()) {
            return Verdict.fail("missing", "pins", String.join(", ", broken));
        }
        return red && amber
                ? Verdict.ok()
                : new Verdict(Status.OK, red ? "red" : "amber", Map.of());
    }

    private static Verdict buzzer(boolean fitted, List<String> missing, boolean sounded) {
        if (!fitted) {
            return Verdict.skipped("not-fitted");
        }
        if (missing.contains("buzzer")) {
            return Verdict.fail("missing", "pins", "buzzer");
        }
        return sounded ? Verdict.ok() : Verdict.skipped("alarm");
    }

    private static final List<String> TESTED =
            List.of(
                    "clock.synced",
                    "disk.space",
                    "state.writable",
                    "record.kept",
                    "platform.reach",
                    "platform.link");
}

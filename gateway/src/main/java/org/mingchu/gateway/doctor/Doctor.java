package org.mingchu.gateway.doctor;

import java.util.List;
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

    private static final List<String> TESTED =
            List.of(
                    "clock.synced",
                    "disk.space",
                    "state.writable",
                    "record.kept",
                    "platform.reach",
                    "platform.link");
}

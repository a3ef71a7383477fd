package org.mingchu.gateway.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.mingchu.config.Plan;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether the record is kept, signed and witnessed. Immutable. */
record RecordChecks(Patient patient) {
    /** A checkpoint is signed each hour. */
    private static final Duration SIGNED_WITHIN = Duration.ofHours(2);

    private static final Duration WITNESSED_WITHIN = Duration.ofDays(1);

    /** Rounds that may be missing before it is said that nothing is kept. */
    private static final int PERIODS = 3;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);

    List<Check> all() {
        return List.of(
                new Check("record.file", this::file),
                new Check("record.kept", this::kept),
                new Check("record.signed", this::signed),
                new Check("record.witnessed", this::witnessed));
    }

    /** What can be known of the file without opening it. */
    private Verdict file() throws IOException {
        var file = patient.state().resolve("journal.db");
        if (!Files.isRegularFile(file)) {
            return Verdict.fail("missing", "file", file.toString());
        }
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)
                    ? Verdict.ok("mib", String.valueOf(Files.size(file) >> 20))
                    : Verdict.fail("damaged", "file", file.toString());
        }
    }

    private Verdict kept() {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var agent = patient.agent().get();
        return switch (agent.storage()) {
            case SOUND -> idle(agent);
            case LOW -> Verdict.warn("low");
            case MEMORY -> Verdict.fail("memory");
            case DAMAGED -> Verdict.fail("damaged");
        };
    }

    private Verdict idle(Witness agent) {
        var age = agent.state().at().flatMap(this::ageMs);
        var mostMs =
                patient.plan()
                                .map(Plan::site)
                                .map(s -> s.samplingPeriod())
                                .orElse(Duration.ofMinutes(1))
                                .toMillis()
                        * PERIODS;
        return age.filter(ms -> ms <= Math.max(mostMs, TimeUnit.SECONDS.toMillis(30))).isPresent()
                ? Verdict.ok()
                : Verdict.fail("idle");
    }

    private Verdict signed() {
        return patient.agent()
                .map(agent -> old(agent.signed(), SIGNED_WITHIN))
                .orElseGet(() -> Verdict.skipped("no-agent"));
    }

    private Verdict witnessed() {
        if (patient.plan().stream()
                .flatMap(plan -> plan.site().platforms().stream())
                .allMatch(platform -> platform.witnessKey().isEmpty())) {
            return Verdict.skipped("none");
        }
        return patient.agent()
                .map(agent -> old(agent.witnessed(), WITNESSED_WITHIN))
                .orElseGet(() -> Verdict.skipped("no-agent"));
    }

    private Verdict old(Optional<Moment> then, Duration within) {
        if (then.isEmpty()) {
            return Verdict.skipped("not-yet");
        }
        return then.flatMap(this::ageMs).filter(ms -> ms <= within.toMillis()).isPresent()
                ? Verdict.ok()
                : Verdict.warn("old", "hours", String.valueOf(within.toHours()));
    }

    /** Within one boot by the clock that never jumps. */
    private Optional<Long> ageMs(Moment then) {
        var now = patient.now();
        var ms =
                now.boot().equals(then.boot())
                        ? TimeUnit.NANOSECONDS.toMillis(now.upNs() - then.upNs())
                        : now.wallMs() - then.wallMs();
        return ms < 0 ? Optional.empty() : Optional.of(ms);
    }
}

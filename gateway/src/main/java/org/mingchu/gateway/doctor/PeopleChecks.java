package org.mingchu.gateway.doctor;

import org.mingchu.config.Wall;
import org.mingchu.sensors.ClockState;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Who can answer for the kitchen, and whether its papers hold. Immutable. */
record PeopleChecks(Patient patient) {
    private static final long SOON_DAYS = 30;

    List<Check> all() {
        return List.of(
                new Check("people.manager", this::manager), new Check("papers", this::papers));
    }

    /** Without a proven manager nobody can verify, throw food away or take a probe out for long. */
    private Verdict manager() {
        if (patient.provenManagers().isEmpty()) {
            return Verdict.skipped("untold");
        }
        return patient.provenManagers().getAsLong() == 0 ? Verdict.fail("none") : Verdict.ok();
    }

    /** Each by its kind and last day; a holder's name is the wall's business. */
    private record Paper(String what, LocalDate validTo) {
        @Override
        public String toString() {
            return what + " (" + validTo + ")";
        }
    }

    private Verdict papers() {
        var wall = patient.plan().map(plan -> plan.site().wall()).orElse(Wall.NONE);
        var papers =
                Stream.concat(
                                wall.certificates().stream()
                                        .map(one -> new Paper(one.name(), one.validTo())),
                                wall.staff().stream()
                                        .map(one -> new Paper("健康证 " + one.job(), one.validTo())))
                        .toList();
        if (papers.isEmpty()) {
            return Verdict.skipped("none");
        }
        if (patient.now().clock() == ClockState.UNSYNCED) {
            return Verdict.skipped("no-day");
        }
        var today =
                LocalDate.ofInstant(
                        Instant.ofEpochMilli(patient.now().wallMs()),
                        patient.plan().orElseThrow().site().timeZone());
        var over = named(papers, today);
        if (!over.isEmpty()) {
            return Verdict.fail("expired", "papers", over);
        }
        var soon = named(papers, today.plusDays(SOON_DAYS + 1));
        return soon.isEmpty() ? Verdict.ok() : Verdict.warn("soon", "papers", soon);
    }

    private static String named(List<Paper> papers, LocalDate before) {
        return String.join(
                ", ",
                papers.stream()
                        .filter(one -> one.validTo().isBefore(before))
                        .map(Paper::toString)
                        .toList());
    }
}

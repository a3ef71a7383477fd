package org.mingchu.gateway.doctor;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Whether the program runs, can be reached, and does what the site file says. Immutable. */
record AgentChecks(Patient patient) {
    List<Check> all() {
        return List.of(
                new Check("agent.running", this::running),
                new Check("agent.ports", this::ports),
                new Check("site.file", this::file),
                new Check("site.current", this::current));
    }

    private Verdict running() {
        return switch (patient.presence()) {
            case SPEAKS -> Verdict.ok();
            case ABSENT -> Verdict.fail("not-running");
            case HANGS -> Verdict.fail("hung");
        };
    }

    private Verdict ports() {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var deaf = patient.agent().get().deaf();
        return deaf.isEmpty()
                ? Verdict.ok()
                : Verdict.fail("deaf", "addresses", String.join(", ", deaf));
    }

    private Verdict file() throws IOException {
        return switch (patient.file()) {
            case Checked.Bad<Plan> bad ->
                    Verdict.fail(
                            "invalid",
                            "n",
                            String.valueOf(bad.errors().size()),
                            "file",
                            patient.site().toString(),
                            "first",
                            bad.error().text());
            case Checked.Good<Plan> _ when !isForTheAgent(patient.site()) ->
                    Verdict.fail("barred", "file", patient.site().toString());
            case Checked.Good<Plan>(var plan, _) ->
                    Verdict.ok("pack", plan.pack().id() + " " + plan.pack().version());
        };
    }

    /**
     * Whoever asks may be root, who may read everything; the agent is who owns the state folder.
     */
    private boolean isForTheAgent(Path file) throws IOException {
        if (!Files.isDirectory(patient.state())) {
            return true;
        }
        var agent = Files.readAttributes(patient.state(), PosixFileAttributes.class);
        var its = Files.readAttributes(file, PosixFileAttributes.class);
        var mode = its.permissions();
        if (agent.owner().getName().equals("root") || its.owner().equals(agent.owner())) {
            return true;
        }
        return mode.contains(PosixFilePermission.OTHERS_READ)
                || (its.group().equals(agent.group())
                        && mode.contains(PosixFilePermission.GROUP_READ));
    }

    /** A file that was mended binds only after a restart. */
    private Verdict current() {
        if (patient.agent().isEmpty() || patient.plan().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var standIn = patient.agent().get().standIn();
        if (standIn.isPresent()) {
            return standsIn(standIn.get());
        }
        return patient.file() instanceof Checked.Good<Plan>(var plan, _)
                        && !plan.siteSha256().equals(patient.plan().get().siteSha256())
                ? Verdict.warn("changed", "file", patient.site().toString())
                : Verdict.ok();
    }

    /** Until it is started again, whatever its files say now. */
    private Verdict standsIn(StandIn standIn) {
        return patient.file() instanceof Checked.Good<Plan>
                ? Verdict.fail("mended", "file", patient.site().toString())
                : Verdict.fail(
                        standIn.by().word(),
                        "file",
                        patient.site().toString(),
                        "date",
                        standIn.since(),
                        "first",
                        standIn.first());
    }
}

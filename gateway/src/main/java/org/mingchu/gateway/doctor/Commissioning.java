package org.mingchu.gateway.doctor;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.Problem;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Site;
import org.mingchu.config.Source;
import org.mingchu.config.board.BoardCheck;
import org.mingchu.config.board.BoardPlan;
import org.mingchu.config.board.BootFiles;
import org.mingchu.config.board.BootFiles.Proposal;
import org.mingchu.config.board.Change;
import org.mingchu.config.board.Finding.State;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a gateway's first hour, in the order in which a technician takes them. Each looks
 * whether its end is reached and keeps nothing of its own, so it is also done when somebody did it
 * in another way, and open again when it is undone. Immutable.
 *
 * <p>A step that fails is still to be done; its remedy is the next command. One that is skipped has
 * nothing to be done here.
 */
public record Commissioning(Patient patient, Done done) {
    /** What names a step's check. */
    public static final String PREFIX = "step.";

    private static final String ROM = "28-[0-9a-f]{12}";

    /** The one list of steps: a further one goes where a technician would take it. */
    public List<Check> steps() {
        return List.of(
                new Check("step.site", this::site),
                new Check("step.board", this::board),
                new Check("step.bus", this::bus),
                new Check("step.probes", this::probes),
                new Check("step.running", this::running),
                new Check("step.readings", this::readings),
                new Check("step.manager", this::manager),
                new Check("step.places", this::places),
                new Check("step.label", this::label),
                new Check("step.selftest", this::selfTest),
                new Check("step.certificate", this::certificate),
                new Check("step.platform", this::platform),
                new Check("step.drill", this::drill),
                new Check("step.protocol", this::protocol));
    }

    private Verdict site() {
        if (Files.notExists(patient.site())) {
            return Verdict.fail("absent", "file", file());
        }
        return switch (patient.file()) {
            case Checked.Bad<Plan> bad -> unusable(bad.error());
            case Checked.Good<Plan>(var plan, _) -> Verdict.ok("name", plan.site().name());
        };
    }

    /** A copy of the site file mends nothing that stands in the secrets. */
    private Verdict unusable(Problem first) {
        return patient.secretsFile()
                .filter(secrets -> first.file().equals(secrets.toString()))
                .map(secrets ->
                        Verdict.fail(
                                "secrets",
                                "first",
                                first.text(),
                                "secrets",
                                secrets.toString(),
                                "file",
                                file()))
                .orElseGet(() -> Verdict.fail("invalid", "first", first.text(), "file", file()));
    }

    private String file() {
        return patient.site().toString();
    }

    /** What the file says now: the agent may follow an older one. */
    private List<Site> written() {
        return patient.file() instanceof Checked.Good<Plan>(var plan, _)
                ? List.of(plan.site())
                : List.of();
    }

    private List<BoardPlan> wanted() {
        return patient.file() instanceof Checked.Good<Plan>(var plan, _)
                ? List.of(BoardPlan.of(plan))
                : List.of();
    }

    private Verdict board() {
        if (wanted().isEmpty()) {
            return Verdict.fail("no-site");
        }
        return switch (BootFiles.propose(patient.root(), wanted().getFirst(), patient.secrets())) {
            case Proposal.NoBoard _ -> Verdict.skipped("no-board");
            case Proposal.Refused(var problems) ->
                    Verdict.fail("refused", "first", problems.getFirst().text());
            case Proposal.Possible(var changes, _) when changes.isEmpty() -> Verdict.ok();
            case Proposal.Possible(var changes, _) ->
                    Verdict.fail("unwritten", "files", names(changes), "file", file());
        };
    }

    private static String names(List<Change> changes) {
        return changes.stream()
                .map(change -> change.file().toString())
                .collect(Collectors.joining(", "));
    }

    /** Probes have a step of their own. */
    private Verdict bus() {
        if (wanted().isEmpty()) {
            return Verdict.fail("no-site");
        }
        var missing =
                BoardCheck.look(patient.root(), wanted().getFirst()).stream()
                        .filter(finding -> finding.state() == State.MISSING)
                        .filter(finding -> !finding.what().startsWith("probe "))
                        .map(finding -> finding.what())
                        .toList();
        return missing.isEmpty()
                ? Verdict.ok()
                : Verdict.fail("missing", "what", String.join(", ", missing), "file", file());
    }

    private Verdict probes() {
        var named = named();
        var hanging =
                patient.tree().names("sys/bus/w1/devices").stream()
                        .filter(name -> name.matches(ROM))
                        .toList();
        var unnamed = hanging.stream().filter(rom -> !named.contains(rom)).toList();
        if (!unnamed.isEmpty()) {
            return Verdict.fail(
                    "unnamed", "roms", String.join(", ", unnamed), "first", unnamed.getFirst());
        }
        if (written().stream().allMatch(site -> site.units().isEmpty())) {
            return Verdict.fail("none");
        }
        var gone = named.stream().filter(rom -> !hanging.contains(rom)).sorted().toList();
        return gone.isEmpty()
                ? Verdict.ok("n", String.valueOf(sensors().size()))
                : Verdict.fail("gone", "roms", String.join(", ", gone));
    }

    private List<SensorPlan> sensors() {
        return written().stream()
                .flatMap(site -> site.units().stream())
                .flatMap(unit -> unit.sensors().stream())
                .toList();
    }

    private Set<String> named() {
        var roms = new ArrayList<String>();
        for (var sensor : sensors()) {
            if (sensor.source() instanceof Source.W1(var rom)) {
                roms.add(rom);
            }
        }
        return Set.copyOf(roms);
    }

    private Verdict running() {
        if (patient.agent().isEmpty()) {
            return Verdict.fail("not-running");
        }
        var same =
                patient.file() instanceof Checked.Good<Plan>(var now, _)
                        && patient.plan()
                                .filter(one -> one.siteSha256().equals(now.siteSha256()))
                                .isPresent();
        return same ? Verdict.ok() : Verdict.fail("old-file", "file", file());
    }

    private Verdict readings() throws IOException {
        if (patient.agent().isEmpty()) {
            return Verdict.fail("no-agent");
        }
        var silent = new ArrayList<String>();
        for (var check : new SensorChecks(patient).each()) {
            if (check.look().now().status() == Status.FAIL) {
                silent.add(check.of());
            }
        }
        return silent.isEmpty()
                ? Verdict.ok()
                : Verdict.fail("silent", "sensors", String.join(", ", silent));
    }

    private Verdict manager() {
        return patient.provenManagers().orElse(0) > 0 ? Verdict.ok() : Verdict.fail("none");
    }

    /** Of what measures a temperature by a wire: where a contact is, everybody sees. */
    private Verdict places() {
        var probes =
                sensors().stream()
                        .filter(sensor -> sensor.measures() == Quantity.TEMPERATURE)
                        .filter(sensor -> !sensor.source().told())
                        .map(SensorPlan::id)
                        .toList();
        if (probes.isEmpty()) {
            return Verdict.skipped("no-probe");
        }
        var missing = probes.stream().filter(id -> !done.pictured().contains(id)).toList();
        return missing.isEmpty()
                ? Verdict.ok()
                : Verdict.fail(
                        "none", "sensors", String.join(", ", missing), "first", missing.getFirst());
    }

    private Verdict label() {
        return done.labelled() ? Verdict.ok() : Verdict.fail("none");
    }

    private Verdict selfTest() {
        return done.selfTest()
                .map(passed -> passed ? Verdict.ok() : Verdict.fail("failed"))
                .orElseGet(() -> Verdict.fail("none"));
    }

    /** Where a platform wants one of ours. */
    private Verdict certificate() throws IOException {
        var wanted = 0;
        var bad = new LinkedHashSet<String>();
        for (var check : new PlatformChecks(patient).certificates()) {
            var status = check.look().now().status();
            wanted += status == Status.SKIPPED ? 0 : 1;
            if (status == Status.FAIL) {
                bad.add(check.of());
            }
        }
        if (wanted == 0) {
            return Verdict.skipped("none");
        }
        return bad.isEmpty() ? Verdict.ok() : Verdict.fail("bad", "ids", String.join(", ", bad));
    }

    private Verdict drill() {
        return done.drill()
                .map(passed -> passed ? Verdict.ok() : Verdict.fail("failed"))
                .orElseGet(() -> Verdict.fail("none"));
    }

    /** A paper proves what had passed when it was made. */
    private Verdict protocol() {
        var passed = done.selfTest().orElse(false) && done.drill().orElse(false);
        return done.protocol()
                .map(after -> after && passed ? Verdict.ok() : Verdict.fail("early"))
                .orElseGet(() -> Verdict.fail("none"));
    }

    private Verdict platform() {
        if (written().isEmpty()) {
            return Verdict.fail("no-site");
        }
        var all =
                written().stream()
                        .flatMap(site -> site.platforms().stream())
                        .map(Platform::id)
                        .toList();
        if (all.isEmpty()) {
            return Verdict.skipped("not-named");
        }
        var untold = all.stream().filter(id -> !done.told().contains(id)).toList();
        return untold.isEmpty()
                ? Verdict.ok("ids", String.join(", ", all))
                : Verdict.fail("untold", "ids", String.join(", ", untold));
    }
}

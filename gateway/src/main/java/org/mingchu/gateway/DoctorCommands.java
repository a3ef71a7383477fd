package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.config.SecretsReader;
import org.mingchu.gateway.doctor.Checkup;
import org.mingchu.gateway.doctor.Commissioning;
import org.mingchu.gateway.doctor.Doctor;
import org.mingchu.gateway.doctor.Done;
import org.mingchu.gateway.doctor.Patient;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.Places;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.DoctorAsk;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.kernel.KernelClock;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Has the running agent look at itself, or looks at what can be seen without one. One thread.
 *
 * @param files what a site file says, with its secrets
 */
record DoctorCommands(SiteFiles files, InstantSource wall, String version) {
    /**
     * How long site file, secrets and people are read before the disk is said to hang: a busy Pi
     * takes seconds for the rule pack alone.
     */
    static final Duration READ_WITHIN = Duration.ofSeconds(15);

    /** Where nothing says which language is wanted. */
    private static final String LANGUAGE = "en";

    /** Reads the files that a command names. */
    interface SiteFiles {
        Checked<Plan> check(Path site, Optional<Path> secrets);

        Optional<Path> secretsOf(Path site, Optional<Path> named);
    }

    Told doctor(DoctorAsk ask) {
        return asked(ask, RecordAsk.Act.DOCTOR).orElseGet(() -> alone(ask));
    }

    /** What of the first hour is done, and what comes next. */
    Told commission(DoctorAsk ask) {
        return asked(ask, RecordAsk.Act.COMMISSION).orElseGet(() -> stepsAlone(ask));
    }

    /** Empty when no agent runs. */
    private static Optional<Told> asked(DoctorAsk ask, RecordAsk.Act act) {
        if (!ask.offline()) {
            try {
                return Optional.of(
                        new ConsoleClient(
                                        new RecordAsk(
                                                act,
                                                words(ask),
                                                new RecordAsk.From(
                                                        ask.state(),
                                                        false,
                                                        Optional.of(ask.site()))))
                                .told());
            } catch (CommandFailed e) {
                if (e.exitCode() != ExitCode.NOT_RUNNING) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private Told stepsAlone(DoctorAsk ask) {
        var patient = patient(ask);
        var language = patient.plan().map(plan -> plan.site().language()).orElse(LANGUAGE);
        var done =
                new Done(
                        OwnKeys.isLabelled(ask.state()),
                        Optional.empty(),
                        new Places(ask.state()).sensors(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty());
        return new CommissionReport(Checkup.of(new Commissioning(patient, done).steps()))
                .told(words(ask), language);
    }

    private static Map<String, String> words(DoctorAsk ask) {
        var words = new HashMap<String, String>();
        if (ask.json()) {
            words.put("json", "true");
        }
        if (ask.all()) {
            words.put("all", "true");
        }
        ask.language().ifPresent(language -> words.put("language", language));
        return words;
    }

    /** That no agent runs is the first of what is found. */
    private Told alone(DoctorAsk ask) {
        var patient =
                new Inquiry<>("doctor-reads", () -> patient(ask), READ_WITHIN)
                        .now()
                        .orElseThrow(() -> hangs(ask));
        var language = patient.plan().map(plan -> plan.site().language()).orElse(LANGUAGE);
        return new DoctorReport(Checkup.of(Doctor.all(patient)), false, version, patient.now())
                .told(words(ask), language);
    }

    private static CommandFailed hangs(DoctorAsk ask) {
        return new CommandFailed(
                ExitCode.INTERNAL,
                ("--site %s, its secrets and --state %s: not read within %d s; their disk hangs: see"
                                + " dmesg, and try again after a restart of the board")
                        .formatted(ask.site(), ask.state(), READ_WITHIN.toSeconds()));
    }

    private Patient patient(DoctorAsk ask) {
        var secrets = files.secretsOf(ask.site(), ask.secrets());
        var plan = files.check(ask.site(), ask.secrets());
        try {
            return new Patient(
                    ask.root(),
                    ask.state(),
                    ask.site(),
                    secrets,
                    plan,
                    plan instanceof Checked.Good<Plan>(var good, _)
                            ? Optional.of(good)
                            : Optional.empty(),
                    secrets.map(SecretsReader::read)
                            .map(read ->
                                    read instanceof Checked.Good<Secrets>(var good, _)
                                            ? good
                                            : Secrets.NONE)
                            .orElse(Secrets.NONE),
                    new KernelClock(ask.root(), wall).now(),
                    managers(ask.state()),
                    Optional.empty());
        } catch (UncheckedIOException e) {
            throw new CommandFailed(ExitCode.USAGE, "--root " + ask.root() + ": " + e.getMessage());
        }
    }

    /** Opening a file that is not there would make it. */
    private static OptionalLong managers(Path state) {
        if (!Files.isRegularFile(state.resolve("people.db"))) {
            return OptionalLong.empty();
        }
        try (var people = People.open(state)) {
            return OptionalLong.of(people.proven(Role.MANAGER));
        } catch (JournalException _) {
            return OptionalLong.empty();
        }
    }
}

package org.mingchu.gateway;

import org.mingchu.gateway.desk.Answer;
import org.mingchu.gateway.desk.SelfTesting;
import org.mingchu.gateway.doctor.Checkup;
import org.mingchu.gateway.doctor.Commissioning;
import org.mingchu.gateway.doctor.Doctor;
import org.mingchu.gateway.doctor.Done;
import org.mingchu.gateway.doctor.Finding;
import org.mingchu.gateway.doctor.Patient;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.doctor.Wording;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.show.By;
import org.mingchu.gateway.show.Technician;
import org.mingchu.gateway.show.Workshop;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the technician's page and {@code mingchu doctor} ask of the running agent, and the
 * self-test. Any thread but the house's; a look takes up to ten seconds.
 */
final class DoctorDesk {
    /** Somebody who leaves the page open must not keep card and platforms busy. */
    static final Duration ANEW = Duration.ofMinutes(1);

    /** How long the agent is asked how it is, before that alone is the finding. */
    static final Duration ASKED_WITHIN = Duration.ofSeconds(3);

    private final Inquiry<Patient> patients;
    private final Supplier<Patient> speechless;
    private final Inquiry<Done> done;
    private final Indicators indicators;
    private final Clock clock;
    private final String version;
    private final Function<String, Optional<Role>> roles;
    private final SelfTesting testing;
    private final DrillDesk drills;
    private final Scribe scribe;
    private final Map<String, Wording> wordings =
            Wording.LANGUAGES.stream().collect(Collectors.toMap(one -> one, Wording::in));
    private Optional<Looked> looked = Optional.empty();
    private volatile Optional<Tested> tested = Optional.empty();

    private record Looked(List<Finding> findings, List<Finding> steps, Moment at) {}

    private record Tested(List<Finding> steps, Moment at, long tookMs) {}

    /**
     * @param patients how things are now; reads disk and record
     * @param speechless what is known without reading anything, when that hangs
     * @param done what was done once in the first hour; reads the record
     * @param roles the role of a person id, empty for a stranger
     * @param keep hands a fact to the house; completes when its commit is done
     */
    DoctorDesk(
            Supplier<Patient> patients,
            Supplier<Patient> speechless,
            Supplier<Done> done,
            Indicators indicators,
            Clock clock,
            String version,
            Function<String, Optional<Role>> roles,
            Function<Fact, CompletableFuture<?>> keep,
            DrillDesk drills,
            Scribe scribe) {
        this.patients = new Inquiry<>("doctor-asks", patients, ASKED_WITHIN);
        this.speechless = speechless;
        this.done = new Inquiry<>("doctor-recalls", done, ASKED_WITHIN);
        this.drills = drills;
        this.scribe = scribe;
        this.indicators = indicators;
        this.clock = clock;
        this.version = version;
        this.roles = roles;
        this.testing = new SelfTesting(this::test, keep);
    }

    Technician technician(Technician.Album album) {
        return new Technician(this::workshop, this::testBy, drills::at, this::protocol, album);
    }

    /** Every check, made now. */
    List<Finding> findings() {
        return Checkup.of(Doctor.all(patient()));
    }

    /** The answer to {@code mingchu doctor}. */
    Told told(Map<String, String> words) {
        var patient = patient();
        return new DoctorReport(Checkup.of(Doctor.all(patient)), true, version, patient.now())
                .told(words, patient.plan().orElseThrow().site().language());
    }

    /** The answer to {@code mingchu commission}. */
    Told commission(Map<String, String> words) {
        var patient = patient();
        return new CommissionReport(steps(patient))
                .told(words, patient.plan().orElseThrow().site().language());
    }

    /** How the last test came out, as the words ask; there was one. */
    Told lastTest(Map<String, String> words) {
        return new DoctorReport(tested.orElseThrow().steps(), true, version, clock.now())
                .told(words, patient().plan().orElseThrow().site().language());
    }

    private List<Finding> steps(Patient patient) {
        return Checkup.of(new Commissioning(patient, done.now().orElse(Done.NOTHING)).steps());
    }

    private Patient patient() {
        return patients.now().orElseGet(speechless);
    }

    private Workshop workshop() {
        var last = look();
        return new Workshop(
                last.findings().stream().map(this::checked).toList(),
                last.steps().stream().map(this::checked).toList(),
                ageMs(last.at()),
                tested.map(test ->
                        new Workshop.Tested(
                                test.steps().stream().map(this::checked).toList(),
                                test.steps().stream().noneMatch(s -> s.status() == Status.FAIL),
                                ageMs(test.at()),
                                test.tookMs())),
                drills.seen()
                        .map(drill ->
                                new Workshop.Drilled(
                                        drill.hops().stream().map(this::checked).toList(),
                                        drill.over(),
                                        drill.passed(),
                                        drill.ageMs())));
    }

    /** One look for all who ask at the same time. */
    private synchronized Looked look() {
        if (looked.filter(last -> ageMs(last.at()) < ANEW.toMillis()).isEmpty()) {
            var patient = patient();
            looked =
                    Optional.of(
                            new Looked(
                                    Checkup.of(Doctor.all(patient)), steps(patient), clock.now()));
        }
        return looked.orElseThrow();
    }

    private long ageMs(Moment then) {
        return TimeUnit.NANOSECONDS.toMillis(clock.now().upNs() - then.upNs());
    }

    private Workshop.Checked checked(Finding finding) {
        var texts = new HashMap<String, Workshop.Text>();
        wordings.forEach((language, words) ->
                texts.put(
                        language,
                        new Workshop.Text(
                                words.title(finding),
                                words.cause(finding),
                                words.remedy(finding))));
        return new Workshop.Checked(finding.id(), finding.of(), finding.status().word(), texts);
    }

    private Optional<byte[]> protocol(By by, String language) {
        return scribe.protocol(by.person(), language);
    }

    /** The word of a refusal; empty when it has tested itself and that is kept. */
    Optional<String> testBy(By by) {
        return roles.apply(by.person())
                .map(role ->
                        Agent.refusal(testing.by(new Person(by.person(), role, by.strength()))))
                .orElseGet(() -> Agent.refusal(new Answer.Refused(Answer.Reason.NO_SUCH_PERSON)));
    }

    /** Lamps and buzzer first: whoever pressed the button looks and listens. */
    private List<Fact.Step> test() {
        var begun = clock.now();
        indicators.light();
        var sounded = indicators.test();
        var patient = patient();
        var steps = new ArrayList<>(Doctor.sounds(patient, sounded));
        steps.addAll(Checkup.of(Doctor.selfTest(patient)));
        tested = Optional.of(new Tested(List.copyOf(steps), clock.now(), ageMs(begun)));
        synchronized (this) {
            looked = Optional.empty(); // what is shown beside it is as new
        }
        return steps.stream()
                .limit(Fact.SelfTested.STEPS_MAX)
                .map(step -> new Fact.Step(step.id(), step.of(), result(step), step.why()))
                .toList();
    }

    private static Fact.Result result(Finding step) {
        return switch (step.status()) {
            case OK, WARN -> Fact.Result.PASS;
            case FAIL -> Fact.Result.FAIL;
            case SKIPPED -> Fact.Result.SKIPPED;
        };
    }
}

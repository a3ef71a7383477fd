package org.mingchu.gateway;

import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.gateway.doctor.Done;
import org.mingchu.gateway.doctor.StandIn;
import org.mingchu.gateway.doctor.Witness;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.Places;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Probes;
import org.mingchu.sensors.coap.Health;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the running agent says of itself to the doctor. Any thread but the house's.
 *
 * @param page the kitchen's page
 * @param wall the public wall, where there is one
 * @param standIn what it goes on by instead of the files it follows
 */
record Testimony(
        Plan plan,
        House house,
        Journal journal,
        Indicators indicators,
        Screen page,
        Optional<Screen> wall,
        Probes probes,
        Optional<StandIn> standIn) {
    /** Entries of a lane that are looked back over for a checkpoint: an hour of many alarms. */
    private static final int LOOK_BACK = 500;

    Witness now() {
        return new Witness(
                house.state(),
                journal.condition(),
                plan.site().platforms().stream()
                        .map(Platform::id)
                        .collect(Collectors.toMap(id -> id, id -> Uplink.waiting(id, journal))),
                last(Lane.ALARM, Fact.Checkpointed.class),
                last(Lane.NONE, Fact.Receipted.class),
                deaf(),
                indicators.missing(),
                standIn);
    }

    /** What the record and the folder have of the first hour. */
    Done done(Path state) {
        return new Done(
                OwnKeys.isLabelled(state),
                noted(Fact.SelfTested.class).map(Fact.SelfTested::passed),
                new Places(state).sensors(),
                plan.site().platforms().stream()
                        .map(Platform::id)
                        .filter(this::hasSomething)
                        .collect(Collectors.toSet()),
                noted(Fact.Drilled.class).flatMap(Fact.Drilled::ran).map(Fact.Ran::passed),
                protocol());
    }

    /** Whether the last one tells of the last self-test and the last drill. */
    private Optional<Boolean> protocol() {
        var made = journal.noted(Fact.Commissioned.class);
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Stream.of(Fact.SelfTested.class, Fact.Drilled.class)
                                .map(journal::noted)
                                .flatMapToLong(OptionalLong::stream)
                                .allMatch(seq -> seq < made.getAsLong()));
    }

    /** The last of a kind that is told at once and noted where it stands. */
    private <F extends Fact> Optional<F> noted(Class<F> kind) {
        var seq = journal.noted(kind);
        return seq.isEmpty()
                ? Optional.empty()
                : journal.read(Lane.ALARM, seq.getAsLong(), 1).stream()
                        .map(Entry::fact)
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .findFirst();
    }

    private boolean hasSomething(String platform) {
        return Stream.of(Lane.ALARM, Lane.READING)
                .anyMatch(lane -> !journal.progress(platform, lane).equals(Progress.NONE));
    }

    private Optional<Moment> last(Lane lane, Class<? extends Fact> kind) {
        var epoch = journal.epoch();
        var from = journal.lastBefore(epoch, lane, journal.lastSeq() + 1, LOOK_BACK);
        return journal.read(lane, Math.max(1, from), LOOK_BACK).stream()
                .filter(entry -> kind.isInstance(entry.fact()))
                .map(Entry::at)
                .reduce((_, later) -> later);
    }

    private List<String> deaf() {
        var deaf = new ArrayList<String>();
        var console = plan.site().console();
        missing(page, console.listen()).ifPresent(deaf::add);
        wall.ifPresent(shown ->
                console.wall().flatMap(listen -> missing(shown, listen)).ifPresent(deaf::add));
        probes.door().stream()
                .flatMap(door -> door.health().stream())
                .filter(health -> health.state() != Health.State.UP)
                .forEach(health ->
                        deaf.add(
                                health.address().getHostString()
                                        + ":"
                                        + health.address().getPort()));
        return deaf;
    }

    private static Optional<String> missing(Screen screen, HostPort listen) {
        return screen.port().isEmpty() ? Optional.of(listen.toString()) : Optional.empty();
    }
}

package org.mingchu.simulator.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The supervision platform's stand-in. It is handed every message that gateways publish and says
 * what it would answer; it has no clock, no thread and no network of its own, so that a film can
 * run it in virtual time. Any number of gateways. Any thread, one at a time.
 */
public final class Supervisor {
    private final Intake intake;

    /** One that cosigns with {@link Cosigner#ofThePlay}. */
    public Supervisor(Contract contract) {
        this(contract, Cosigner.ofThePlay());
    }

    public Supervisor(Contract contract, Cosigner cosigner) {
        intake = new Intake(contract, cosigner);
    }

    /** From now on it answers like this; at once unless told otherwise. */
    public synchronized Supervisor answer(Answer how) {
        intake.answers().become(how);
        return this;
    }

    /**
     * The broker between us does not pass the retain flag on as it was published, as Artemis does
     * not to a subscription with wildcards: its absence is not held against the gateway.
     */
    public synchronized Supervisor withoutRetainFlags() {
        intake.ignoreRetainFlags();
        return this;
    }

    /** It will never take entry {@code seq}, whichever gateway and epoch it comes from. */
    public synchronized Supervisor reject(long seq, String reason) {
        intake.answers().reject(seq, reason);
        return this;
    }

    /**
     * A message has come.
     *
     * @param retained the retain flag as the gateway published it
     * @param nowMs the platform's clock, milliseconds, never going back
     * @return what is to be published now, delayed answers to earlier messages included
     */
    public synchronized List<Outgoing> receive(
            String topic, byte[] payload, boolean retained, long nowMs) {
        intake.receive(topic, payload, retained, nowMs);
        return due(nowMs);
    }

    /** Answers that have become due by {@code nowMs}, for those who wait for no message. */
    public synchronized List<Outgoing> due(long nowMs) {
        return intake.answers().due(nowMs);
    }

    /** Holes in the chains of a lane, of all gateways and epochs. */
    public synchronized List<Missing> missing(Lane lane) {
        return epochs().flatMap(epoch -> epoch.missing(lane).stream()).toList();
    }

    /** Whether every prev of both lanes is present or lies in a published gap. */
    public synchronized boolean chainUnbroken() {
        return Stream.of(Lane.values()).allMatch(lane -> missing(lane).isEmpty());
    }

    /** Whether entry {@code seq} has come, of any gateway and epoch. */
    public synchronized boolean received(long seq) {
        return epochs().anyMatch(e -> e.lane(Lane.ALARM).has(seq) || e.lane(Lane.READING).has(seq));
    }

    /** How many different entries have come in a lane. */
    public synchronized long count(Lane lane) {
        return epochs().mapToLong(epoch -> epoch.lane(lane).size()).sum();
    }

    /** The last {@value LaneBook#KEPT_MAX} entries per epoch, each once, in order of arrival. */
    public synchronized List<SeenEntry> entries(Lane lane) {
        return epochs().flatMap(epoch -> epoch.lane(lane).inOrderOfArrival().stream()).toList();
    }

    /**
     * How many different entries have come in a lane, one that was kept again under a later epoch
     * counted once.
     */
    public synchronized long distinct(Lane lane) {
        return books().mapToLong(gateway -> gateway.distinct(lane)).sum();
    }

    /**
     * Whether a value of one sensor has come that was kept at that moment, under whatever epoch and
     * number; of the last {@value LaneBook#KEPT_MAX} entries per epoch.
     *
     * @param boot the boot it was kept in first
     * @param upMs milliseconds since that boot
     */
    public synchronized boolean hasReading(String subject, String boot, long upMs) {
        return epochs().flatMap(epoch -> epoch.lane(Lane.READING).arrived())
                .filter(entry -> entry.upMs() == upMs && entry.boot().equals(boot))
                .anyMatch(entry -> intake.values(entry).has(subject));
    }

    /** Up to which size the record of a gateway's epoch is witnessed by this platform. */
    public synchronized OptionalLong witnessed(String gateway, String epoch) {
        return Optional.ofNullable(intake.gateways().get(gateway))
                .map(book -> book.checkpoints().largest(CheckpointBook.origin(gateway, epoch)))
                .orElse(OptionalLong.empty());
    }

    /** Every alarm, told in however many epochs, in order of its first event's arrival. */
    public synchronized List<SeenAlarm> alarms() {
        return books().flatMap(g ->
                        g.alarms().values().stream()
                                .filter(AlarmBook::isTold)
                                .map(book -> book.view(g)))
                .toList();
    }

    /**
     * What gateways did against the contract: schema, topics, retain flags, order, contradictions;
     * then what the books show when all has come: chains that jump and impossible lives.
     */
    public synchronized List<String> violations() {
        var all = new ArrayList<>(intake.violations());
        epochs().forEach(epoch -> {
            for (var lane : Lane.values()) {
                all.addAll(epoch.lane(lane).brokenLinks());
            }
        });
        books().filter(g ->
                        g.epochs().values().stream()
                                .allMatch(epoch -> epoch.missing(Lane.ALARM).isEmpty()))
                .flatMap(g -> g.alarms().values().stream())
                .filter(AlarmBook::isTold)
                .forEach(alarm -> all.addAll(alarm.impossible()));
        return List.copyOf(all);
    }

    /** Entries that came again, whole batches counted by entry. */
    public synchronized long duplicates() {
        return intake.duplicates();
    }

    /** Messages that came before {@link Answer.NothingBefore} ended. */
    public synchronized long forgotten() {
        return intake.forgotten();
    }

    /** The gateways that have spoken, as {@code area/site/id}. */
    public synchronized List<String> gateways() {
        return List.copyOf(intake.gateways().keySet());
    }

    /**
     * What is retained of a gateway, as JSON by path such as {@code status} or {@code
     * alarm/freezer-1-air/freezer-high/state}.
     */
    public synchronized Map<String, String> retained(String gateway) {
        var texts = new LinkedHashMap<String, String>();
        Optional.ofNullable(intake.gateways().get(gateway))
                .ifPresent(g -> g.retained().forEach((path, n) -> texts.put(path, n.toString())));
        return texts;
    }

    /** {@code online}, {@code offline}, or empty when the gateway has never said. */
    public synchronized Optional<String> status(String gateway) {
        return Optional.ofNullable(intake.gateways().get(gateway))
                .flatMap(book -> book.state("status"))
                .map(status -> status.path("state").asString(""));
    }

    /** When an entry was kept, corrected by later clock records, milliseconds since 1970. */
    public synchronized OptionalLong trueTimeMs(SeenEntry entry) {
        return Optional.ofNullable(intake.gateways().get(entry.gateway()))
                .map(book -> OptionalLong.of(book.trueTimeMs(entry)))
                .orElse(OptionalLong.empty());
    }

    /** What a regulator would see, as text for people. */
    public synchronized String view() {
        return SupervisorView.of(intake.gateways(), violations().size(), intake.duplicates());
    }

    private Stream<EpochBook> epochs() {
        return books().flatMap(gateway -> gateway.epochs().values().stream());
    }

    private Stream<GatewayBook> books() {
        return intake.gateways().values().stream();
    }
}

package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.onvif.Disk;
import org.mingchu.sensors.camera.onvif.Skew;
import org.mingchu.sensors.camera.onvif.Span;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Judges how far back recordings go. A recorder that was put up last week has no recordings of last
 * month, and that is no fault: they are too short only when it is proven that older ones were there
 * or must be. Proofs are a full disk that is written over, an oldest recording that has moved on,
 * as long a time under our eyes, or the site file's own word. Remembers what it saw since the
 * program began. One thread.
 */
final class Retention {
    /** Recorders are vague about time zones; less than a day is no move. */
    private static final long MOVED_MS = TimeUnit.HOURS.toMillis(24);

    private static final long CLOCK_SET_MS = 60_000;

    private final RecorderPlan plan;
    private final Map<String, Memory> seen = new HashMap<>();
    private Optional<Long> skewMs = Optional.empty();

    /** When something was first seen to record, and when its oldest recording was made. */
    private record Memory(long firstNs, long oldestNs, boolean moved) {
        Memory with(long nextOldestNs) {
            return new Memory(
                    firstNs,
                    Math.min(oldestNs, nextOldestNs),
                    moved || nextOldestNs - oldestNs > TimeUnit.MILLISECONDS.toNanos(MOVED_MS));
        }
    }

    /** What one asking brought. */
    record Evidence(Moment now, Optional<List<Disk>> disks, Optional<Span> whole) {
        /** Nothing more fits, on any disk that takes recordings. */
        boolean full() {
            var usable =
                    disks.orElse(List.of()).stream()
                            .filter(d ->
                                    d.state() == Disk.State.GOOD || d.state() == Disk.State.FULL)
                            .toList();
            return !usable.isEmpty() && usable.stream().allMatch(Disk::full);
        }
    }

    Retention(RecorderPlan plan) {
        this.plan = plan;
    }

    /** A clock that was set makes every age jump: what was remembered of ages is void then. */
    void clock(Skew skew) {
        if (skewMs.filter(ms -> Math.abs(ms - skew.ms()) <= CLOCK_SET_MS).isEmpty()) {
            seen.clear();
        }
        skewMs = Optional.of(skew.ms());
    }

    /** The recorder's own level: what is wrong with all of it. */
    Found recorder(Evidence evidence) {
        var disk = evidence.disks.flatMap(Retention::broken);
        return disk.orElseGet(() ->
                evidence.whole.map(span -> whole(span, evidence)).orElseGet(() -> blind(evidence)));
    }

    private static Optional<Found> broken(List<Disk> disks) {
        if (disks.isEmpty()) {
            return Optional.of(new Found(CameraVerdict.DISK_FAULT, "no disk"));
        }
        return disks.stream()
                .filter(d -> d.state() == Disk.State.FAULTY)
                .findFirst()
                .map(d -> new Found(CameraVerdict.DISK_FAULT, "disk " + d.id()));
    }

    /** A recorder that tells nothing of its recordings is believed when it calls its disk full. */
    private static Found blind(Evidence evidence) {
        var full =
                evidence.disks.orElse(List.of()).stream()
                        .anyMatch(d -> d.state() == Disk.State.FULL);
        return full
                ? new Found(CameraVerdict.DISK_FULL, "by its own word")
                : new Found(CameraVerdict.UNKNOWN, "it tells nothing of its recordings");
    }

    private Found whole(Span span, Evidence evidence) {
        if (stopped(span)) {
            var verdict =
                    evidence.full() ? CameraVerdict.DISK_FULL : CameraVerdict.RECORDING_STOPPED;
            return new Found(verdict, "nothing new for " + age(span.newestAgeMs()));
        }
        var memory = remember(plan.id(), span, evidence.now);
        return enough(span) || !(evidence.full() || due(memory, evidence.now))
                ? new Found(CameraVerdict.HEALTHY)
                : new Found(CameraVerdict.RECORDING_SHORT, "oldest " + age(span.oldestAgeMs()));
    }

    /** A channel's level: what is wrong with it alone. */
    Found channel(String id, Optional<Span> told, Found recorder, Evidence evidence) {
        if (told.isEmpty()) {
            return new Found(CameraVerdict.UNKNOWN, "nothing told of its recordings");
        }
        var span = told.get();
        if (stopped(span)) {
            return recorders(recorder, evidence)
                    ? new Found(CameraVerdict.UNKNOWN, "its recorder: " + recorder.verdict().word())
                    : new Found(
                            CameraVerdict.RECORDING_STOPPED,
                            "nothing new for " + age(span.newestAgeMs()));
        }
        var memory = remember(id, span, evidence.now);
        if (enough(span) || !tooShort(span, memory, evidence)) {
            return new Found(CameraVerdict.HEALTHY);
        }
        return recorder.verdict() == CameraVerdict.RECORDING_SHORT
                ? new Found(CameraVerdict.UNKNOWN, "its recorder: recording-short")
                : new Found(CameraVerdict.RECORDING_SHORT, "oldest " + age(span.oldestAgeMs()));
    }

    /** Whether a stop is the recorder's own: all of it has stopped. */
    private boolean recorders(Found recorder, Evidence evidence) {
        return recorder.verdict().wrong() && evidence.whole.map(this::stopped).orElse(true);
    }

    private boolean stopped(Span span) {
        return span.newestAgeMs().filter(age -> age < plan.near().toMillis()).isEmpty();
    }

    private boolean enough(Span span) {
        return span.oldestAgeMs().filter(age -> age >= plan.keep().toMillis()).isPresent();
    }

    /** A camera that was added later is younger than the disk's oldest: that proves nothing. */
    private boolean tooShort(Span span, Memory memory, Evidence evidence) {
        var withTheDisk =
                evidence.whole
                        .flatMap(Span::oldestAgeMs)
                        .filter(w -> w - span.oldestAgeMs().orElse(w) < MOVED_MS)
                        .isPresent();
        return (evidence.full() && withTheDisk) || due(memory, evidence.now);
    }

    private boolean due(Memory memory, Moment now) {
        var watched = Duration.ofNanos(now.upNs() - memory.firstNs);
        return memory.moved || watched.compareTo(plan.keep()) >= 0 || oldEnough(now);
    }

    private boolean oldEnough(Moment now) {
        return switch (now.clock()) {
            case SYNCED, HOLDOVER ->
                    plan.since()
                            .filter(s -> now.wallMs() - s.toEpochMilli() >= plan.keep().toMillis())
                            .isPresent();
            case RTC, UNSYNCED -> false;
        };
    }

    private Memory remember(String id, Span span, Moment now) {
        var oldestNs = now.upNs() - TimeUnit.MILLISECONDS.toNanos(span.oldestAgeMs().orElse(0L));
        return seen.compute(
                id,
                (_, before) ->
                        before == null
                                ? new Memory(now.upNs(), oldestNs, false)
                                : before.with(oldestNs));
    }

    private static String age(Optional<Long> ms) {
        return ms.map(Duration::ofMillis).map(d -> d.toHours() + " h").orElse("ever");
    }
}

package org.mingchu.sensors.camera;

import org.mingchu.config.CameraLevel;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Video;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Reading.Seen;
import org.mingchu.sensors.camera.CameraNet.Carrier;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What rounds of cameras say once the network between is judged; other rounds stay as they are. One
 * thread.
 */
public final class CameraRounds implements UnaryOperator<List<Reading>> {
    /** Three heartbeats of a minute: until then a camera need not have noticed that we are back. */
    private static final Duration BACK = Duration.ofMinutes(3);

    private final Map<String, String> hosts;
    private final Set<String> registrations;
    private final Optional<CameraNet> net;
    private final Supplier<Carrier> carrier;
    private final Streams streams;
    private final Clock clock;
    private Optional<Long> lostNs = Optional.empty();

    /**
     * @param carrier asked once for each round that has to do with cameras
     * @param streams told how they stand
     */
    public CameraRounds(Video video, Supplier<Carrier> carrier, Streams streams, Clock clock) {
        this.hosts = video.hosts();
        this.registrations =
                video.cameras().stream()
                        .map(camera -> CameraLevel.REGISTRATION.subject(camera.id()))
                        .collect(Collectors.toUnmodifiableSet());
        this.net = video.watchesNetwork() ? Optional.of(new CameraNet(hosts)) : Optional.empty();
        this.carrier = carrier;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public List<Reading> apply(List<Reading> round) {
        if (has(round, hosts.keySet())) {
            return streams(round);
        }
        return has(round, registrations) ? registrations(round) : round;
    }

    private static boolean has(List<Reading> round, Set<String> subjects) {
        return round.stream().anyMatch(reading -> subjects.contains(reading.subject()));
    }

    private List<Reading> streams(List<Reading> round) {
        var link = link();
        var judged = net.map(n -> n.judged(round, link)).orElse(round);
        for (var reading : judged) {
            if (reading instanceof Seen seen && hosts.containsKey(seen.subject())) {
                streams.note(seen);
            }
        }
        return judged;
    }

    /** Heartbeats that cannot come are not missed. */
    private List<Reading> registrations(List<Reading> round) {
        var _ = link();
        var deaf =
                net.isPresent()
                        && lostNs.filter(at -> clock.now().upNs() - at <= BACK.toNanos())
                                .isPresent();
        return deaf ? round.stream().map(this::excused).toList() : round;
    }

    private Reading excused(Reading reading) {
        return reading instanceof Seen(var subject, var verdict, var ageNs)
                        && registrations.contains(subject)
                        && (verdict == CameraVerdict.HEARTBEAT_LOST
                                || verdict == CameraVerdict.UNREGISTERED)
                ? new Seen(subject, CameraVerdict.UNKNOWN, ageNs)
                : reading;
    }

    private Carrier link() {
        var now = carrier.get();
        if (now == Carrier.LOST) {
            lostNs = Optional.of(clock.now().upNs());
        }
        return now;
    }
}

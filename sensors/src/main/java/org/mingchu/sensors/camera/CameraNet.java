package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Video;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Reading.Seen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the loss of the cameras' network from the loss of cameras: when the gateway's own cable is
 * out, or more than half of the hosts go in the same round, it is one event of the site, and
 * nothing is said of each. A pure function of a round. Immutable.
 */
public final class CameraNet {
    private final Map<String, String> hosts;

    /** Whether the gateway's own port has a link. */
    public enum Carrier {
        PRESENT,
        LOST
    }

    /**
     * @param hosts where each stream's subject is: channels and their recorder are at one host
     */
    public CameraNet(Map<String, String> hosts) {
        this.hosts = Map.copyOf(hosts);
    }

    /**
     * The round with what the network explains made unknown, and the network's own reading at its
     * end. Readings of other subjects pass through.
     */
    public List<Reading> judged(List<Reading> round, Carrier carrier) {
        var watch = new Watch();
        round.forEach(watch::note);
        var verdict = watch.verdict(carrier);
        var judged = new ArrayList<Reading>();
        round.forEach(reading -> judged.add(verdict.wrong() ? excused(reading) : reading));
        judged.add(new Seen(Video.ALL, verdict, 0));
        return List.copyOf(judged);
    }

    private Reading excused(Reading reading) {
        return reading instanceof Seen(var subject, var verdict, var ageNs)
                        && verdict == CameraVerdict.UNREACHABLE
                        && hosts.containsKey(subject)
                ? new Seen(subject, CameraVerdict.UNKNOWN, ageNs)
                : reading;
    }

    /** The hosts of one round. */
    private final class Watch {
        private final Map<String, Set<CameraVerdict>> verdicts = new HashMap<>();

        void note(Reading reading) {
            var host = hosts.get(reading.subject());
            if (host != null
                    && reading instanceof Seen seen
                    && seen.verdict() != CameraVerdict.PLANNED_OFF) {
                verdicts.computeIfAbsent(host, _ -> new HashSet<>()).add(seen.verdict());
            }
        }

        CameraVerdict verdict(Carrier carrier) {
            return switch (carrier) {
                case LOST -> CameraVerdict.LINK_LOST;
                case PRESENT -> mostLost() ? CameraVerdict.NETWORK_LOST : CameraVerdict.HEALTHY;
            };
        }

        private boolean mostLost() {
            var lost = verdicts.values().stream().filter(Watch::lost).count();
            return verdicts.size() >= Video.HOSTS_MIN && 2 * lost > verdicts.size();
        }

        /** A host of which anything answers is there. */
        private static boolean lost(Set<CameraVerdict> said) {
            var others = new HashSet<>(said);
            others.remove(CameraVerdict.UNKNOWN);
            return others.equals(Set.of(CameraVerdict.UNREACHABLE));
        }
    }
}

package org.mingchu.sensors.camera.sip;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the technician should see, so many of each kind; where there are more, those seen only once
 * give way first. One thread.
 */
final class Findings {
    static final int OF_A_KIND_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private static final int TEXT_MAX = 32;

    /** Somebody who tries ids one by one must not fill the log. */
    private static final int LINES_PER_SECOND = 2;

    private final Clock clock;
    private final Bucket lines;
    private final Map<Kind, SequencedMap<Key, Finding>> byKind = new EnumMap<>(Kind.class);

    private record Key(String device, String address) {}

    Findings(Clock clock) {
        this.clock = clock;
        this.lines = new Bucket(LINES_PER_SECOND, clock.now().upNs());
    }

    /** What a stranger wrote, as it may stand in a list or a log. */
    static String harmless(String text) {
        return text.substring(0, Math.min(text.length(), TEXT_MAX))
                .replaceAll("[^A-Za-z0-9._-]", "?");
    }

    void found(Kind kind, String device, String address) {
        var ofKind = byKind.computeIfAbsent(kind, _ -> new LinkedHashMap<>());
        var key = new Key(harmless(device), address);
        var before = ofKind.remove(key);
        var count = before == null ? 1 : before.count() + 1;
        makeRoom(ofKind);
        ofKind.put(key, new Finding(kind, key.device, address, count, clock.now()));
        if (before == null && lines.take(clock.now().upNs())) {
            LOG.warn("event=sip-{} device={} address={}", kind.word(), key.device, address);
        }
    }

    private static void makeRoom(SequencedMap<Key, Finding> ofKind) {
        if (ofKind.size() < OF_A_KIND_MAX) {
            return;
        }
        var once = ofKind.entrySet().stream().filter(e -> e.getValue().count() == 1).findFirst();
        ofKind.remove(once.orElseGet(ofKind::firstEntry).getKey());
    }

    /** It has turned out well: a camera whose address had moved has logged in from there. */
    void explained(Kind kind, String device, String address) {
        byKind.getOrDefault(kind, new LinkedHashMap<>()).remove(new Key(device, address));
    }

    /** By kind, the latest last. */
    List<Finding> all() {
        var all = new ArrayList<Finding>();
        byKind.values().forEach(ofKind -> all.addAll(ofKind.values()));
        return List.copyOf(all);
    }
}

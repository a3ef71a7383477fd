package org.mingchu.sensors.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.Source;
import org.mingchu.sensors.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is heard on which topic, and which topics tell that somebody is gone. The loop's thread. */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private static final Picker PRESENCE = new Picker(List.of(Profile.PRESENCE_STATE));

    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private final Map<String, Set<Ear>> presences = new LinkedHashMap<>();
    private final Map<String, Ear> ears = new LinkedHashMap<>();

    Roster(List<KitchenBroker.Probe> probes, ZoneId zone) {
        var byTopic = new LinkedHashMap<String, List<KitchenBroker.Probe>>();
        for (var probe : probes) {
            byTopic.computeIfAbsent(source(probe).topic(), _ -> new ArrayList<>()).add(probe);
        }
        byTopic.forEach((topic, here) -> add(topic, here, zone));
    }

    private void add(String topic, List<KitchenBroker.Probe> probes, ZoneId zone) {
        var profile = Profile.of(topic);
        var here = new ArrayList<Ear>();
        for (var probe : probes) {
            Place.of(source(probe).pointer())
                    .ifPresentOrElse(
                            pointed -> here.add(ear(probe, profile, pointed)),
                            () ->
                                    LOG.error(
                                            "event=mqtt-pointer-wrong sensor={} remedy=\"see RFC"
                                                    + " 6901: ~0 for a tilde, ~1 for a slash\"",
                                            probe.plan().id()));
        }
        here.forEach(ear -> ears.put(ear.id(), ear));
        feeds.put(topic, new Feed(profile, zone, here));
        for (var presence : profile.presences(topic)) {
            presences.computeIfAbsent(presence, _ -> new LinkedHashSet<>()).addAll(here);
        }
    }

    private static Ear ear(KitchenBroker.Probe probe, Profile profile, Place pointed) {
        var measures = probe.plan().measures();
        var place = profile.place(measures, pointed);
        return new Ear(probe.plan(), probe.correction(), place, profile.scale(measures, place));
    }

    private static Source.Mqtt source(KitchenBroker.Probe probe) {
        if (probe.plan().source() instanceof Source.Mqtt mqtt) {
            return mqtt;
        }
        throw new IllegalArgumentException(probe.plan().id() + " is not heard over MQTT");
    }

    /** Everything to subscribe to. */
    Set<String> topics() {
        var topics = new LinkedHashSet<>(feeds.keySet());
        topics.addAll(presences.keySet());
        return topics;
    }

    Map<String, Ear> ears() {
        return ears;
    }

    /** What a message says; an empty payload only takes a retained message back. */
    List<Said> listen(Delivery.Publish publish, Timing timing) {
        if (publish.payload().length == 0) {
            return List.of();
        }
        var said = new ArrayList<Said>();
        Optional.ofNullable(feeds.get(publish.topic()))
                .ifPresent(feed -> said.addAll(feed.listen(publish.payload(), timing)));
        Optional.ofNullable(presences.get(publish.topic()))
                .filter(_ -> offline(publish.payload()))
                .ifPresent(gone -> gone.forEach(ear -> said.add(gone(ear))));
        return said;
    }

    private static Said gone(Ear ear) {
        return ear.silent(Fault.SILENT, "its network says that it is offline");
    }

    /** {@code offline}, or an object whose {@code state} says so. */
    private static boolean offline(byte[] payload) {
        try {
            var text = payload.length < 16 ? new String(payload, UTF_8).strip() : "";
            return text.toLowerCase(Locale.ROOT).equals("offline")
                    || (payload[0] == '{' && "offline".equals(state(payload)));
        } catch (Picker.Unreadable _) {
            return false;
        }
    }

    private static String state(byte[] payload) throws Picker.Unreadable {
        return PRESENCE.pick(payload).get(Profile.PRESENCE_STATE) instanceof Scalar.Word(var word)
                ? word
                : "";
    }
}

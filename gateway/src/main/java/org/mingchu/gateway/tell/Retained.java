package org.mingchu.gateway.tell;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.State;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What the broker keeps for those who come late: status, meta and each alarm as it stands. Nothing
 * here is evidence; the latest word of a topic replaces the one before. One thread.
 */
final class Retained {
    private final Set<State.Key> planned = new LinkedHashSet<>();
    private final NativeEncoder encoder;
    private final BiFunction<State.Key, AlarmEvent, Wire.Message> standing;
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Map<State.Key, Optional<AlarmEvent>> shown = new HashMap<>();

    /** Topics that the broker is known to keep nothing under. */
    private final Set<String> clear = new HashSet<>();

    private Optional<State> looked = Optional.empty();

    private record Wanted(Wire.Message message, long dueNs) {}

    /**
     * What is retained for one plan.
     *
     * @param standing writes an alarm that is not normal
     */
    Retained(
            Plan plan,
            NativeEncoder encoder,
            BiFunction<State.Key, AlarmEvent, Wire.Message> standing) {
        this.encoder = encoder;
        this.standing = standing;
        plan.watches().forEach(w -> planned.add(new State.Key(w.subject(), w.rule().id())));
    }

    /** A new connection: the broker may have forgotten everything. */
    void connected(Wire.Message online, Wire.Message meta, State state) {
        wanted.clear();
        refusals.clear();
        shown.clear();
        want(online);
        want(meta);
        looked = Optional.empty();
        look(state);
    }

    /** Wants a newer word on a topic. */
    void renew(Wire.Message message) {
        want(message);
    }

    /** Wants what has changed since the last look. */
    void look(State state) {
        if (looked.isPresent() && looked.get().equals(state)) {
            return;
        }
        looked = Optional.of(state);
        var keys = new LinkedHashSet<>(planned);
        keys.addAll(state.watching().keySet());
        keys.addAll(shown.keySet());
        keys.forEach(key -> look(key, open(state, key)));
    }

    /** What to send now. */
    Optional<Wire.Message> next(long nowNs) {
        return wanted.values().stream()
                .filter(want -> want.dueNs() <= nowNs)
                .map(Wanted::message)
                .findFirst();
    }

    void sent(Wire.Message message) {
        wanted.remove(message.topic());
    }

    void brokered(Wire.Message message) {
        refusals.remove(message.topic());
        if (message.text().isEmpty()) {
            clear.add(message.topic());
        }
    }

    /** Kept and tried again by the ladder, unless there is a newer word by then. */
    void refused(Wire.Message message, long nowNs) {
        var times = refusals.merge(message.topic(), 1, Integer::sum);
        wanted.putIfAbsent(message.topic(), new Wanted(message, nowNs + Ladder.waitNs(times)));
    }

    /** When something here is due; {@link Long#MAX_VALUE} for never. */
    long dueNs() {
        return wanted.values().stream().mapToLong(Wanted::dueNs).min().orElse(Long.MAX_VALUE);
    }

    static Optional<AlarmEvent> open(State state, State.Key key) {
        return Optional.ofNullable(state.watching().get(key))
                .flatMap(State.Watching::open)
                .map(State.Open::last);
    }

    private void look(State.Key key, Optional<AlarmEvent> open) {
        if (open.equals(shown.put(key, open))) {
            return;
        }
        var message = open.map(e -> standing.apply(key, e)).orElseGet(() -> encoder.normal(key));
        if (open.isPresent()) {
            clear.remove(message.topic());
            want(message);
        } else if (!clear.contains(message.topic())) {
            want(message);
        }
    }

    private void want(Wire.Message message) {
        // Behind what is wanted already, so that the newest change of a topic is said last.
        wanted.remove(message.topic());
        wanted.put(message.topic(), new Wanted(message, Long.MIN_VALUE));
    }
}

package org.mingchu.sensors.camera.onvif;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.HttpOutcome;
import org.mingchu.sensors.camera.http.HttpOutcome.Answer;
import org.mingchu.sensors.camera.http.HttpOutcome.Failure;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * A Hikvision recorder, and the many that speak as it does (ISAPI 2.0). One thread at a time.
 *
 * <p>Of recordings it is asked whether there is one older than it must be, and one younger than it
 * must be: the answer to that is the same in whatever order and length the device lists them.
 */
public final class Isapi implements Recorder {
    private static final String TIME = "/ISAPI/System/time";
    private static final String STORAGE = "/ISAPI/ContentMgmt/Storage";
    private static final String SEARCH = "/ISAPI/ContentMgmt/search";
    private static final String XML = "application/xml; charset=UTF-8";

    /** No recorder keeps more. */
    private static final Duration AGE_MAX = Duration.ofDays(1096);

    /** A recording that goes on is dated a little ahead by some. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private static final int PAGE = 40;
    private static final int TRACKS = 100;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int BAD_REQUEST = 400;

    private final CameraHttp http;
    private final Clock clock;
    private Optional<Anchor> anchor = Optional.empty();

    /** What is looked for: the ages between which a recording must lie, and how many. */
    private record Search(Duration from, Duration until, int matches) {}

    /** Where a channel's snapshot is, path and query. */
    public static String picture(int channel) {
        return "/ISAPI/Streaming/channels/" + (channel * TRACKS + 1) + "/picture";
    }

    public Isapi(CameraHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Told<Skew> clock() {
        var asked = clock.now();
        var said = document(http.get(TIME, XML_BYTES_MAX), "Time");
        var answered = clock.now();
        return said.then(time -> read(time, asked, answered));
    }

    private Told<Skew> read(Xml time, Moment asked, Moment answered) {
        var local =
                time.word("localTime")
                        .flatMap(t -> dated(t, time))
                        .filter(t -> DeviceTime.possible(t.toInstant()));
        if (local.isEmpty()) {
            return new Told.Failed<>(CameraVerdict.PROTOCOL, "no local time with its zone");
        }
        var deviceMs = local.get().toInstant().toEpochMilli();
        var now = new DeviceTime(deviceMs, local.get().getOffset());
        anchor = Optional.of(Anchor.of(asked, answered, now));
        return new Told.Known<>(Skew.of(asked, answered, deviceMs));
    }

    /** With the offset it carries, else that of the zone the device names. */
    static Optional<OffsetDateTime> dated(String text, Xml time) {
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException _) {
            return time.word("timeZone").flatMap(Zones::ahead).flatMap(z -> naive(text, z));
        }
    }

    private static Optional<OffsetDateTime> naive(String text, ZoneOffset offset) {
        try {
            return Optional.of(LocalDateTime.parse(text).atOffset(offset));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public Told<List<Disk>> disks() {
        return document(http.get(STORAGE, XML_BYTES_MAX), "storage")
                .then(s -> new Told.Known<>(disks(s)));
    }

    static List<Disk> disks(Xml storage) {
        return Stream.concat(storage.all("hdd"), storage.all("nas")).map(Isapi::disk).toList();
    }

    private static Disk disk(Xml hdd) {
        var state = state(hdd.word("status").orElse("").toLowerCase(Locale.ROOT));
        var readOnly = hdd.word("property").filter(p -> p.equalsIgnoreCase("RO")).isPresent();
        return new Disk(
                hdd.word("id").orElse(""),
                readOnly && state == Disk.State.GOOD ? Disk.State.READ_ONLY : state,
                hdd.number("freeSpace"));
    }

    private static Disk.State state(String status) {
        return switch (status) {
            case "ok", "normal", "idle", "sleeping" -> Disk.State.GOOD;
            case "full" -> Disk.State.FULL;
            case "formatting", "formating", "initializing" -> Disk.State.FORMATTING;
            case "error",
                    "abnormal",
                    "unformatted",
                    "uninitialized",
                    "offline",
                    "notexist",
                    "smartfailed",
                    "mismatch" ->
                    Disk.State.FAULTY;
            default -> Disk.State.ODD;
        };
    }

    @Override
    public Recorded recorded(SequencedSet<Integer> channels, Horizon horizon) {
        var spans = new LinkedHashMap<Integer, Told<Span>>();
        for (var channel : channels) {
            var span = span(channel, horizon);
            spans.put(channel, span);
            if (lost(span)) {
                channels.forEach(c -> spans.putIfAbsent(c, span));
                break;
            }
        }
        return new Recorded(whole(List.copyOf(spans.values())), spans);
    }

    /** A recorder that is gone is gone for every channel: it is not asked on. */
    private static boolean lost(Told<Span> span) {
        return span instanceof Told.Failed<Span>(var stage, _) && stage != CameraVerdict.PROTOCOL;
    }

    private static Told<Span> whole(List<Told<Span>> spans) {
        var known = spans.stream().flatMap(s -> s.known().stream()).toList();
        if (known.isEmpty()) {
            return spans.isEmpty() ? new Told.Absent<>("no channels") : spans.getFirst();
        }
        return new Told.Known<>(
                new Span(
                        known.stream().flatMap(s -> s.oldestAgeMs().stream()).max(Long::compare),
                        known.stream().flatMap(s -> s.newestAgeMs().stream()).min(Long::compare)));
    }

    private Told<Span> span(int channel, Horizon horizon) {
        var near = search(channel, new Search(horizon.near(), AHEAD.negated(), 1));
        return near.then(fresh -> span(channel, horizon, fresh));
    }

    private Told<Span> span(int channel, Horizon horizon, List<Match> fresh) {
        var far = search(channel, new Search(AGE_MAX, horizon.far(), 1));
        return far.then(old ->
                old.isEmpty() ? younger(channel, horizon, fresh) : kept(horizon, old, fresh));
    }

    private static Told<Span> kept(Horizon horizon, List<Match> old, List<Match> fresh) {
        var oldest = Math.max(horizon.far().toMillis(), oldest(old).orElse(0L));
        return new Told.Known<>(new Span(Optional.of(oldest), Optional.of(newest(horizon, fresh))));
    }

    /** Nothing is as old as it must be: then how old is the oldest? */
    private Told<Span> younger(int channel, Horizon horizon, List<Match> fresh) {
        return search(channel, new Search(horizon.far(), AHEAD.negated(), PAGE))
                .then(all ->
                        new Told.Known<>(
                                all.isEmpty()
                                        ? Span.NOTHING
                                        : new Span(
                                                oldest(all), Optional.of(newest(horizon, fresh)))));
    }

    private static Optional<Long> oldest(List<Match> matches) {
        return matches.stream().flatMap(m -> m.startAgeMs.stream()).max(Long::compare);
    }

    /** A recording in the time asked for proves that it is younger; none, that it is not. */
    private static long newest(Horizon horizon, List<Match> fresh) {
        var nearMs = horizon.near().toMillis();
        var ages = fresh.stream().flatMap(m -> m.endAgeMs.stream());
        return fresh.isEmpty() ? nearMs : Math.min(ages.min(Long::compare).orElse(0L), nearMs - 1);
    }

    /** One recording. */
    record Match(Optional<Long> startAgeMs, Optional<Long> endAgeMs) {}

    private Told<List<Match>> search(int channel, Search search) {
        if (anchor.isEmpty()) {
            return new Told.Absent<>("its clock is not known");
        }
        var now = anchor.get().at(clock.now());
        var body = question(channel * TRACKS + 1, search, now).getBytes(StandardCharsets.UTF_8);
        return document(http.post(SEARCH, XML, body, XML_BYTES_MAX), "CMSearchResult")
                .then(result -> new Told.Known<>(matches(result, channel * TRACKS + 1, now)));
    }

    /** {@code Postion} is how the standard spells it. */
    private static String question(int track, Search search, DeviceTime now) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <CMSearchDescription version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
        <searchID>6D696E67-6368-7500-0000-%012d</searchID>
        <trackList><trackID>%d</trackID></trackList>
        <timeSpanList><timeSpan><startTime>%s</startTime><endTime>%s</endTime></timeSpan></timeSpanList>
        <maxResults>%d</maxResults>
        <searchResultPostion>0</searchResultPostion>
        <metadataList><metadataDescriptor>//recordType.meta.std-cgi.com</metadataDescriptor></metadataList>
        </CMSearchDescription>
        """
                .formatted(
                        track,
                        track,
                        now.localDate(search.from.toMillis()),
                        now.localDate(search.until.toMillis()),
                        search.matches);
    }

    static List<Match> matches(Xml result, int track, DeviceTime now) {
        var matches = new ArrayList<Match>();
        for (var item : result.all("searchMatchItem").toList()) {
            if (item.number("trackID").filter(t -> t != track).isEmpty()) {
                matches.add(
                        new Match(
                                item.word("startTime").flatMap(now::ageMs),
                                item.word("endTime").flatMap(now::ageMs)));
            }
        }
        return matches;
    }

    private static Told<Xml> document(HttpOutcome outcome, String root) {
        return switch (outcome) {
            case Failure(var stage, var cause) -> new Told.Failed<>(stage, cause);
            case Answer answer when answer.good() -> document(answer.body(), root);
            case Answer answer when answer.forbidden() -> forbidden(answer.body());
            case Answer answer -> refusal(answer.status());
        };
    }

    /** Some firmwares say 403 to what they do not know, and why in a document. */
    private static Told<Xml> forbidden(byte[] body) {
        var unknown =
                Xml.read(body)
                        .flatMap(status -> status.word("subStatusCode"))
                        .filter(code -> code.equalsIgnoreCase("notSupport"))
                        .isPresent();
        return unknown
                ? new Told.Absent<>("not supported")
                : new Told.Failed<>(CameraVerdict.AUTH, "credentials refused");
    }

    private static Told<Xml> document(byte[] body, String root) {
        return Xml.read(body)
                .filter(x -> x.name().equalsIgnoreCase(root))
                .<Told<Xml>>map(Told.Known::new)
                .orElseGet(() ->
                        new Told.Failed<>(CameraVerdict.PROTOCOL, "the answer is no " + root));
    }

    private static Told<Xml> refusal(int status) {
        return switch (status) {
            case BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, NOT_IMPLEMENTED ->
                    new Told.Absent<>("status " + status);
            default -> new Told.Failed<>(CameraVerdict.PROTOCOL, "status " + status);
        };
    }
}

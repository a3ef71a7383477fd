package org.mingchu.sensors.camera.onvif;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.Digest;
import org.mingchu.sensors.camera.http.HttpOutcome;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;

/**
 * A camera or recorder that speaks ONVIF (Core, Media, Recording Search). Its clock is asked first
 * and without a login; what needs one is signed by a WS-Security UsernameToken in the device's own
 * time, for it refuses tokens of another; ask {@link #clock} again now and then, because a reboot
 * sets it. No address it names is followed to another host. One thread at a time.
 */
public final class Onvif implements Recorder {
    private static final String DEVICE_PATH = "/onvif/device_service";
    private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
    private static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
    private static final String SEARCH = "http://www.onvif.org/ver10/search/wsdl";

    private static final List<String> DATE =
            List.of("Year", "Month", "Day", "Hour", "Minute", "Second");

    private final CameraHttp http;
    private final Optional<Digest.Login> login;
    private final Clock clock;
    private final RandomGenerator chance;
    private Optional<Anchor> anchor = Optional.empty();
    private Optional<Map<String, URI>> services = Optional.empty();

    /** What is asked: a path, a namespace, an action of it, and what stands in its element. */
    private record Question(String path, String namespace, String action, String inside) {
        String type() {
            return "application/soap+xml; charset=utf-8; action=\"%s/%s\""
                    .formatted(namespace, action);
        }

        String body() {
            return "<%s xmlns=\"%s\">%s</%s>".formatted(action, namespace, inside, action);
        }
    }

    /**
     * One way of a camera to show itself. Immutable.
     *
     * @param source the video source it shows; a recorder has one for each channel
     */
    public record Profile(String token, String source, int width, int height) {}

    /**
     * @param login for the device's ONVIF users, which many keep apart from the others
     * @param chance for nonces
     */
    public Onvif(
            CameraHttp http, Optional<Digest.Login> login, Clock clock, RandomGenerator chance) {
        this.http = http;
        this.login = login;
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public Told<Skew> clock() {
        services = Optional.empty();
        var open = clock("");
        if (open instanceof Told.Failed<Skew>(var stage, _) && stage == CameraVerdict.AUTH) {
            return clock(security());
        }
        return open;
    }

    private Told<Skew> clock(String header) {
        var asked = clock.now();
        var outcome = post(new Question(DEVICE_PATH, DEVICE, "GetSystemDateAndTime", ""), header);
        var answered = clock.now();
        dated(outcome).ifPresent(now -> anchor = Optional.of(Anchor.of(asked, answered, now)));
        return Soap.response(outcome, "SystemDateAndTime").then(t -> read(t, asked, answered));
    }

    /** Whoever keeps his clock for those who log in often tells it at the head of his refusal. */
    private static Optional<DeviceTime> dated(HttpOutcome outcome) {
        return outcome instanceof HttpOutcome.Answer answer
                ? answer.head().header("Date").stream()
                        .flatMap(date -> DeviceTime.http(date).stream())
                        .findFirst()
                : Optional.empty();
    }

    private Told<Skew> read(Xml time, Moment asked, Moment answered) {
        var utc = time.find("UTCDateTime").flatMap(Onvif::date);
        if (utc.isEmpty()) {
            return new Told.Failed<>(CameraVerdict.PROTOCOL, "no time in UTC");
        }
        var deviceMs = utc.get().toInstant(ZoneOffset.UTC).toEpochMilli();
        var offset = time.word("TZ").flatMap(Zones::ahead).orElse(ZoneOffset.UTC);
        anchor = Optional.of(Anchor.of(asked, answered, new DeviceTime(deviceMs, offset)));
        return new Told.Known<>(Skew.of(asked, answered, deviceMs));
    }

    static Optional<LocalDateTime> date(Xml date) {
        var parts =
                DATE.stream().flatMap(p -> date.number(p).stream()).map(Long::intValue).toList();
        if (parts.size() < DATE.size()) {
            return Optional.empty();
        }
        try {
            var day = LocalDate.of(parts.get(0), parts.get(1), parts.get(2));
            return Optional.of(day.atTime(parts.get(3), parts.get(4), parts.get(5)))
                    .filter(d -> DeviceTime.possible(d.toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** ONVIF has no word for a disk's health. */
    @Override
    public Told<List<Disk>> disks() {
        return new Told.Absent<>("ONVIF tells nothing of disks");
    }

    /** The ways the device can show itself, in its own order. */
    public Told<List<Profile>> profiles() {
        return ask(MEDIA, "GetProfiles", "", "GetProfilesResponse")
                .then(r ->
                        new Told.Known<>(
                                r.all("Profiles").flatMap(p -> profile(p).stream()).toList()));
    }

    static Optional<Profile> profile(Xml profile) {
        var encoder = profile.find("VideoEncoderConfiguration");
        return profile.attribute("token")
                .map(token ->
                        new Profile(
                                token,
                                profile.word("SourceToken").orElse(""),
                                encoder.flatMap(e -> size(e, "Width")).orElse(0),
                                encoder.flatMap(e -> size(e, "Height")).orElse(0)));
    }

    private static Optional<Integer> size(Xml encoder, String side) {
        return encoder.number(side).filter(n -> n > 0 && n <= 65_535).map(Math::toIntExact);
    }

    /**
     * Where a snapshot is: path and query on this very host. An address that names another is
     * refused.
     */
    public Told<String> snapshot(String profile) {
        var inside = "<ProfileToken>" + Soap.escaped(profile) + "</ProfileToken>";
        return ask(MEDIA, "GetSnapshotUri", inside, "MediaUri")
                .then(media -> own(media.word("Uri").flatMap(Onvif::uri)));
    }

    /**
     * Where a camera says that its snapshot is: on this very host, of which ONVIF is often at a
     * port of its own. An address that names another host, or no HTTP, is refused.
     */
    public Told<URI> picture(String profile) {
        var inside = "<ProfileToken>" + Soap.escaped(profile) + "</ProfileToken>";
        return ask(MEDIA, "GetSnapshotUri", inside, "MediaUri")
                .then(media ->
                        media.word("Uri")
                                .flatMap(Onvif::uri)
                                .filter(http::sameHost)
                                .<Told<URI>>map(Told.Known::new)
                                .orElseGet(() ->
                                        new Told.Failed<>(
                                                CameraVerdict.PROTOCOL,
                                                "its snapshot is at another host than itself;"
                                                        + " write snapshot into the site file")));
    }

    private Told<String> own(Optional<URI> named) {
        return named.flatMap(http::own)
                .<Told<String>>map(Told.Known::new)
                .orElseGet(() ->
                        new Told.Failed<>(
                                CameraVerdict.PROTOCOL, "it names another host than itself"));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    @Override
    public Recorded recorded(SequencedSet<Integer> channels, Horizon horizon) {
        if (anchor.isEmpty()) {
            return alike(channels, new Told.Absent<>("its clock is not known"));
        }
        var search =
                new OnvifSearch((action, inside, element) -> ask(SEARCH, action, inside, element));
        return search.recorded(channels, anchor.get().at(clock.now()));
    }

    private static Recorded alike(SequencedSet<Integer> channels, Told<Span> told) {
        var all = new HashMap<Integer, Told<Span>>();
        channels.forEach(c -> all.put(c, told));
        return new Recorded(told, all);
    }

    /** Asks a service that wants a login, wherever the device has it. */
    private Told<Xml> ask(String namespace, String action, String inside, String element) {
        return service(namespace)
                .then(path ->
                        Soap.response(
                                post(new Question(path, namespace, action, inside), security()),
                                element));
    }

    private Told<String> service(String namespace) {
        return services()
                .then(all -> {
                    var address = Optional.ofNullable(all.get(namespace));
                    return address.isEmpty() ? new Told.Absent<>("no such service") : own(address);
                });
    }

    /** Where its services are, asked anew after each look at its clock. */
    private Told<Map<String, URI>> services() {
        if (services.isPresent()) {
            return new Told.Known<>(services.get());
        }
        if (anchor.isEmpty()) {
            var _ = clock();
        }
        var told = addresses();
        services = told.known();
        return told;
    }

    /** Devices of before 2010 know the older question only. */
    private Told<Map<String, URI>> addresses() {
        var inside = "<IncludeCapability>false</IncludeCapability>";
        var told = device("GetServices", inside).then(r -> new Told.Known<>(Onvif.addresses(r)));
        return told instanceof Told.Absent<Map<String, URI>>
                ? device("GetCapabilities", "<Category>All</Category>")
                        .then(r -> new Told.Known<>(Onvif.capabilities(r)))
                : told;
    }

    private Told<Xml> device(String action, String inside) {
        var question = new Question(DEVICE_PATH, DEVICE, action, inside);
        return Soap.response(post(question, security()), action + "Response");
    }

    static Map<String, URI> addresses(Xml response) {
        var addresses = new HashMap<String, URI>();
        response.all("Service").forEach(s -> put(addresses, s.word("Namespace").orElse(""), s));
        return Map.copyOf(addresses);
    }

    static Map<String, URI> capabilities(Xml response) {
        var addresses = new HashMap<String, URI>();
        response.find("Media").ifPresent(s -> put(addresses, MEDIA, s));
        response.find("Search").ifPresent(s -> put(addresses, SEARCH, s));
        return Map.copyOf(addresses);
    }

    private static void put(Map<String, URI> addresses, String namespace, Xml service) {
        service.word("XAddr").flatMap(Onvif::uri).ifPresent(u -> addresses.put(namespace, u));
    }

    private HttpOutcome post(Question question, String header) {
        return http.post(
                question.path,
                question.type(),
                Soap.envelope(header, question.body()),
                XML_BYTES_MAX);
    }

    /** In the device's time; in ours while it has not told its own. */
    private String security() {
        if (login.isEmpty()) {
            return "";
        }
        var now = clock.now();
        var nonce = new byte[Soap.NONCE_BYTES];
        chance.nextBytes(nonce);
        var nowMs = anchor.map(a -> a.at(now).utcMs()).orElse(now.wallMs());
        return Soap.security(login.get(), nowMs, nonce);
    }
}

package org.mingchu.sensors;

import org.mingchu.config.Camera;
import org.mingchu.config.CameraLevel;
import org.mingchu.config.Hours;
import org.mingchu.config.Plan;
import org.mingchu.config.Recorder;
import org.mingchu.config.Secrets;
import org.mingchu.config.Video;
import org.mingchu.sensors.camera.Album;
import org.mingchu.sensors.camera.CameraClock;
import org.mingchu.sensors.camera.NamedShots;
import org.mingchu.sensors.camera.PictureProbe;
import org.mingchu.sensors.camera.PlannedOff;
import org.mingchu.sensors.camera.RecorderPlan;
import org.mingchu.sensors.camera.RecorderProbe;
import org.mingchu.sensors.camera.RtspProbe;
import org.mingchu.sensors.camera.Shots;
import org.mingchu.sensors.camera.Streams;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.Digest;
import org.mingchu.sensors.camera.http.Snapshot;
import org.mingchu.sensors.camera.http.Terms;
import org.mingchu.sensors.camera.onvif.Onvif;
import org.mingchu.sensors.camera.picture.Baselines;
import org.mingchu.sensors.camera.picture.PictureHealth;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The senses that see: each level of each camera and recorder as a sensor of its own, and the
 * network between as one more. One thread builds them.
 */
final class Eyes {
    /** Three pictures of 4 MB and the one that is looked at fit beside the rest of a small heap. */
    private static final int LANES = 3;

    /** Where no rule asks for more; nothing is alarmed by it then. */
    private static final Duration NOTHING_ASKED = Duration.ofDays(2);

    private final Plan plan;
    private final Secrets secrets;
    private final Clock clock;
    private final RandomGenerator chance;
    private final Map<String, Sensor> made = new HashMap<>();
    private final Map<String, PictureProbe> pictures = new HashMap<>();
    private final Streams streams;
    private final Senses.Seeing seeing;
    private final Baselines baselines;
    private final PictureProbe.Surroundings around;

    /**
     * @param streams how they stood last
     */
    Eyes(
            Plan plan,
            Secrets secrets,
            Senses.Seeing seeing,
            Streams streams,
            Clock clock,
            RandomGenerator chance) {
        this.plan = plan;
        this.seeing = seeing;
        this.streams = streams;
        this.baselines = new Baselines(seeing.state().resolve("cameras"));
        this.around =
                new PictureProbe.Surroundings(
                        new OpenHours(plan.site().hours(), plan.site().timeZone(), clock),
                        new Semaphore(LANES),
                        new Semaphore(1),
                        new Album(seeing.state().resolve("pictures"), kept(plan), clock),
                        shelf(baselines));
        this.secrets = secrets;
        this.clock = clock;
        this.chance = chance;
    }

    private static PictureProbe.Shelf shelf(Baselines baselines) {
        return new PictureProbe.Shelf() {
            @Override
            public void keep(String subject, PictureHealth health, long upNs) {
                health.toKeep(upNs).ifPresent(b -> baselines.keep(subject, b));
            }

            @Override
            public void forget(String subject) {
                baselines.forget(subject);
            }
        };
    }

    private static Set<String> kept(Plan plan) {
        return plan.site().cameras().stream()
                .filter(Camera::keepsPictures)
                .map(camera -> CameraLevel.PICTURE.subject(camera.id()))
                .collect(Collectors.toSet());
    }

    /** All of one level, in the order of the site file. */
    List<Sensor> of(CameraLevel level) {
        if (made.isEmpty()) {
            video().recorders().forEach(this::make);
            seeing.registrations().forEach(this::put);
            video().cameras().forEach(this::make);
        }
        return video().eyes().stream()
                .filter(eye -> eye.level() == level)
                .flatMap(eye -> Optional.ofNullable(made.get(eye.subject())).stream())
                .toList();
    }

    /** Who looks at pictures, by camera. */
    Map<String, PictureProbe> pictures() {
        return Map.copyOf(pictures);
    }

    private Video video() {
        return plan.site().video();
    }

    private void make(Recorder recorder) {
        var channels = new ArrayList<RecorderPlan.Channel>();
        for (var camera : video().cameras()) {
            if (camera.stream() instanceof Camera.Stream.Recorder(var nvr, var channel)
                    && nvr.equals(recorder.id())) {
                channels.add(new RecorderPlan.Channel(camera.id(), channel));
            }
        }
        var probe =
                new RecorderProbe(
                        new RecorderPlan(
                                recorder.id(),
                                web(recorder),
                                recorder.rtsp(),
                                language(recorder),
                                channels,
                                plan.recorded().orElse(NOTHING_ASKED),
                                RecorderPlan.NEAR,
                                recorder.since().map(day -> day.atStartOfDay(zone()).toInstant())),
                        recorder.credentials().flatMap(secrets::named),
                        Terms.DEFAULT,
                        clock,
                        chance);
        probe.sensors().forEach(sensor -> made.put(sensor.id(), sensor));
    }

    private static URI web(Recorder recorder) {
        return recorder.isapi()
                .or(recorder::onvif)
                .orElseGet(() -> URI.create("http://" + recorder.stream(1).getHost()));
    }

    private static RecorderPlan.Language language(Recorder recorder) {
        if (recorder.isapi().isPresent() && recorder.onvif().isPresent()) {
            return RecorderPlan.Language.ANY;
        }
        return recorder.isapi().isPresent()
                ? RecorderPlan.Language.ISAPI
                : RecorderPlan.Language.ONVIF;
    }

    private void make(Camera camera) {
        var secret = camera.credentials().flatMap(secrets::named);
        if (camera.stream() instanceof Camera.Stream.Rtsp(var address)) {
            made.put(camera.id(), stream(camera, address, secret));
        }
        camera.onvif().ifPresent(address -> put(clock(camera, address, secret)));
        shots(camera, secret).ifPresent(shots -> put(picture(camera, shots)));
        if (!camera.off().isEmpty()) {
            for (var level : CameraLevel.values()) {
                made.computeIfPresent(
                        level.subject(camera.id()), (_, eye) -> off(eye, camera.off()));
            }
        }
    }

    private Sensor stream(Camera camera, URI address, Optional<Secrets.Secret> secret) {
        return "rtsp".equalsIgnoreCase(address.getScheme()) && address.getHost() != null
                ? new RtspProbe(camera.id(), address, secret, clock, chance)
                : new Unserved(camera.id(), "an address other than rtsp://host/path");
    }

    private Sensor clock(Camera camera, URI address, Optional<Secrets.Secret> secret) {
        var login = secret.flatMap(RtspProbe::login);
        var http = new CameraHttp(address, login, Terms.DEFAULT, clock, chance);
        return new CameraClock(
                CameraLevel.CLOCK.subject(camera.id()),
                new Onvif(http, login, clock, chance),
                clock);
    }

    /** Where the site file says, or where the camera itself does. */
    private Optional<Shots> shots(Camera camera, Optional<Secrets.Secret> secret) {
        return picture(camera)
                .map(address -> shots(address, login(camera)))
                .or(() -> camera.onvif().map(onvif -> named(onvif, secret)));
    }

    private Shots shots(URI address, Optional<Digest.Login> login) {
        var http = new CameraHttp(address, login, Terms.DEFAULT, clock, chance);
        return new Snapshot(http, CameraHttp.target(address))::take;
    }

    private Shots named(URI onvif, Optional<Secrets.Secret> secret) {
        var login = secret.flatMap(RtspProbe::login);
        var http = new CameraHttp(onvif, login, Terms.DEFAULT, clock, chance);
        return new NamedShots(
                new Onvif(http, login, clock, chance), address -> shots(address, login));
    }

    /** Its own, or its recorder's of it. */
    private Optional<URI> picture(Camera camera) {
        return camera.snapshot()
                .or(() ->
                        video().recorder(camera)
                                .flatMap(r ->
                                        camera.stream()
                                                        instanceof
                                                        Camera.Stream.Recorder(_, var channel)
                                                ? r.picture(channel)
                                                : Optional.empty()));
    }

    private Optional<Digest.Login> login(Camera camera) {
        return camera.credentials()
                .or(() -> video().recorder(camera).flatMap(Recorder::credentials))
                .flatMap(secrets::named)
                .flatMap(RtspProbe::login);
    }

    private Sensor picture(Camera camera, Shots shots) {
        var subject = CameraLevel.PICTURE.subject(camera.id());
        var probe =
                new PictureProbe(
                        subject,
                        streams.behind(camera.id(), shots),
                        new PictureHealth(baselines.read(subject), Optional.empty()),
                        around,
                        clock);
        pictures.put(camera.id(), probe);
        return probe;
    }

    private Sensor off(Sensor eye, List<Hours.Opening> windows) {
        return new PlannedOff(eye, windows, zone(), clock);
    }

    private ZoneId zone() {
        return plan.site().timeZone();
    }

    private void put(Sensor sensor) {
        made.put(sensor.id(), sensor);
    }
}

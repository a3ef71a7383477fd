package org.mingchu.sensors.camera;

import org.mingchu.config.CameraLevel;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.Terms;
import org.mingchu.sensors.camera.onvif.Isapi;
import org.mingchu.sensors.camera.onvif.Onvif;
import org.mingchu.sensors.camera.onvif.Recorder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Watches one recorder: whether it and its channels stream, whether and how far back it records,
 * and its clock. It is asked in the background, over at most one RTSP and one HTTP connection at a
 * time, however many sensors are read; each of them answers within 4 s, from the asking that runs
 * or with the age of the last one.
 *
 * <p>When the recorder itself is lost, refuses the login or hangs, that is said of it alone and its
 * channels are unknown. Any thread.
 */
public final class RecorderProbe {
    /** Streams are asked as often as cameras are. */
    static final Duration STREAMS_EVERY = Duration.ofSeconds(20);

    /** Recordings are searched for on the recorder's disk: that is not free. */
    static final Duration RECORDS_EVERY = Duration.ofMinutes(5);

    private final RecorderPlan plan;
    private final Asking streams;
    private final Asking records;

    /** One subject of a shared asking. Immutable. */
    private record Part(String id, Asking asking) implements Sensor {
        @Override
        public Reading read() {
            return asking.read(id);
        }
    }

    /**
     * @param secret user and password, the same for RTSP, ISAPI and ONVIF
     * @param chance for the client's nonces; used by two threads
     */
    public RecorderProbe(
            RecorderPlan plan,
            Optional<Secrets.Secret> secret,
            Terms terms,
            Clock clock,
            RandomGenerator chance) {
        this(
                plan,
                secret,
                terms,
                clock,
                chance,
                StreamRound.CHANNEL,
                Asking.Pace.of(STREAMS_EVERY),
                Asking.Pace.of(RECORDS_EVERY));
    }

    RecorderProbe(
            RecorderPlan plan,
            Optional<Secrets.Secret> secret,
            Terms terms,
            Clock clock,
            RandomGenerator chance,
            Patience patience,
            Asking.Pace streamPace,
            Asking.Pace recordPace) {
        this.plan = plan;
        var login = secret.flatMap(RtspProbe::login);
        var http = new CameraHttp(plan.web(), login, terms, clock, chance);
        var languages =
                switch (plan.language()) {
                    case ISAPI -> List.<Recorder>of(new Isapi(http, clock));
                    case ONVIF -> List.<Recorder>of(new Onvif(http, login, clock, chance));
                    case ANY ->
                            List.of(new Isapi(http, clock), new Onvif(http, login, clock, chance));
                };
        this.streams =
                new Asking(
                        "streams-" + plan.id(),
                        streamPace,
                        clock,
                        new StreamRound(plan, secret, clock, chance, patience));
        this.records =
                new Asking(
                        "records-" + plan.id(),
                        recordPace,
                        clock,
                        new RecordRound(plan, clock, languages));
    }

    /**
     * One for each subject: the recorder's streams, recordings and clock, then the streams and
     * recordings of each channel. They may be read in any order and at the same time.
     */
    public List<Sensor> sensors() {
        var sensors = new ArrayList<Sensor>();
        sensors.add(new Part(plan.id(), streams));
        sensors.add(new Part(CameraLevel.RECORDING.subject(plan.id()), records));
        sensors.add(new Part(CameraLevel.CLOCK.subject(plan.id()), records));
        for (var channel : plan.channels()) {
            sensors.add(new Part(channel.id(), streams));
            sensors.add(new Part(CameraLevel.RECORDING.subject(channel.id()), records));
        }
        return List.copyOf(sensors);
    }
}

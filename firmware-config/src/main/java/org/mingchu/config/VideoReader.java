package org.mingchu.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the cameras, their recorders, and where they register. One thread. */
final class VideoReader {
    /** Most cameras of one site; each is asked every 30 s over the kitchen's own network. */
    static final int CAMERAS_MAX = 64;

    /** Most recorders of one site. */
    private static final int RECORDERS_MAX = 8;

    private static final Form<Integer> CHANNEL = Form.whole(1, 128, "");

    private static final String STREAM_EXPECTED = "either rtsp, or nvr and channel";

    private static final Form<String> DIGITS =
            Form.words(
                    "",
                    "an id of GB/T 28181 such as \"34020000001320000001\": 20 digits",
                    text -> Optional.of(text).filter(t -> t.matches("\\d{20}")));

    private static final Form<String> REALM =
            Form.words(
                    "",
                    "a realm such as \"3402000000\": 10 digits",
                    text -> Optional.of(text).filter(t -> t.matches("\\d{10}")));

    /** Devices are seen with 30 s and with an hour; beyond that a loss is found too late. */
    private static final Form<Duration> HEARTBEAT =
            Times.duration(Duration.ofSeconds(5), Duration.ofHours(1));

    private static final Form<Integer> MISSES = Form.whole(1, 10, " heartbeats");

    private final Census census;
    private final Map<String, Recorder> recorders = new HashMap<>();
    private final Set<String> devices = new HashSet<>();
    private boolean door;

    private VideoReader(Census census) {
        this.census = census;
    }

    static Video read(Table root, Census census) {
        return new VideoReader(census).video(root);
    }

    private Video video(Table root) {
        var registrar = root.mayTable("gb28181").map(VideoReader::door);
        door = registrar.isPresent();
        var nvrs = root.tables("nvr", RECORDERS_MAX).stream().map(this::recorder).toList();
        nvrs.forEach(recorder -> recorders.put(recorder.id(), recorder));
        var cameras = root.tables("camera", CAMERAS_MAX).stream().map(this::camera).toList();
        return new Video(cameras, nvrs, registrar);
    }

    private static Gb28181.Door door(Table table) {
        var read =
                new Gb28181.Door(
                        table.need("listen", Addresses.HOST_PORT_FORM),
                        table.need("id", DIGITS),
                        table.need("realm", REALM));
        table.end();
        return read;
    }

    private Recorder recorder(Table table) {
        var id = table.ask("id", Form.ID);
        var read =
                new Recorder(
                        id.orElse(""),
                        table.need("name", Form.TEXT),
                        table.need("rtsp", Addresses.CHANNELS_RTSP),
                        table.may("snapshot", Addresses.CHANNELS_HTTP),
                        table.may("onvif", Addresses.HTTP),
                        table.may("isapi", Addresses.HTTP),
                        table.may("credentials", Form.ID),
                        table.may("since", Form.DATE));
        id.ifPresent(i -> claim(i, read.levels(), table.spot("id")));
        table.end();
        return read;
    }

    private Camera camera(Table table) {
        var id = table.ask("id", Form.ID);
        var read =
                new Camera(
                        id.orElse(""),
                        table.need("name", Form.TEXT),
                        stream(table),
                        table.may("credentials", Form.ID),
                        table.may("snapshot", Addresses.HTTP),
                        table.may("onvif", Addresses.HTTP),
                        table.mayTable("gb28181").map(this::registration),
                        table.list("off", Times.OPENING_FORM),
                        table.may("keep_pictures", Form.YES_NO).orElse(false));
        id.ifPresent(i -> claim(i, read.levels(recorder(read)), table.spot("id")));
        if (read.gb28181().isPresent() && read.registers().isEmpty()) {
            table.problems()
                    .error(
                            table.spot("gb28181"),
                            "credentials in it or in its camera: a name in secrets.toml, with the"
                                    + " password the camera registers with");
        }
        if (read.keepsPictures() && !read.levels(recorder(read)).contains(CameraLevel.PICTURE)) {
            table.problems()
                    .error(
                            table.spot("keep_pictures"),
                            "snapshot or onvif beside it: no picture is asked for");
        }
        table.end();
        return read;
    }

    private Optional<Recorder> recorder(Camera camera) {
        return camera.stream() instanceof Camera.Stream.Recorder(var nvr, _)
                ? Optional.ofNullable(recorders.get(nvr))
                : Optional.empty();
    }

    /** Each level reads and alarms under an id of its own, made of the camera's. */
    private void claim(String id, Set<CameraLevel> levels, Spot spot) {
        for (var level : levels) {
            var subject = level.subject(id);
            if (subject.length() > Identity.LENGTH_MAX) {
                census.tooLong(spot, subject);
            }
            census.claimId(subject, spot);
        }
    }

    private Camera.Stream stream(Table table) {
        var rtsp = table.may("rtsp", Addresses.RTSP);
        var nvr = table.may("nvr", Form.ID);
        var channel = table.may("channel", CHANNEL);
        checkChoice(table);
        if (!table.has("nvr")) {
            return new Camera.Stream.Rtsp(rtsp.orElse(Addresses.RTSP.standIn()));
        }
        nvr.filter(id -> !recorders.containsKey(id)).ifPresent(id -> noRecorder(table, id));
        return new Camera.Stream.Recorder(nvr.orElse(""), channel.orElse(CHANNEL.standIn()));
    }

    private void noRecorder(Table table, String id) {
        table.problems()
                .unresolved(
                        table.spot("nvr"),
                        "an [[nvr]] with id = \"" + id + "\"",
                        Guess.closest(id, recorders.keySet()));
    }

    private static void checkChoice(Table table) {
        var partly = table.has("nvr") || table.has("channel");
        var recorder = table.has("nvr") && table.has("channel");
        if (table.has("rtsp") && partly) {
            table.problems().error(table.header().showing("both"), STREAM_EXPECTED);
        } else if (!table.has("rtsp") && !recorder) {
            table.problems().missing(table.header(), STREAM_EXPECTED);
        }
    }

    private Gb28181 registration(Table table) {
        if (!door) {
            table.problems()
                    .unresolved(
                            table.header().table(),
                            "[gb28181] with listen, id and realm in this file",
                            Optional.empty());
        }
        var device = table.ask("device", DIGITS);
        if (device.filter(d -> !devices.add(d)).isPresent()) {
            table.problems().error(table.spot("device"), "a device that no other camera has");
        }
        var misses = table.may("misses", MISSES);
        var read =
                new Gb28181(
                        device.orElse(""),
                        table.may("credentials", Form.ID),
                        table.may("heartbeat", HEARTBEAT),
                        misses.map(OptionalInt::of).orElse(OptionalInt.empty()));
        table.end();
        return read;
    }
}

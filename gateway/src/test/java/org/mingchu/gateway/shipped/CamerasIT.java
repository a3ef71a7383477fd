package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.FreePort;
import org.mingchu.simulator.wire.Recorder;
import org.mingchu.simulator.wire.SceneCamera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Cameras and a recorder at the shipped program: each thing that is wrong, named alone. */
final class CamerasIT {
    private static final int CHANNELS = 8;
    private static final Duration STREAMS_SEEN = Duration.ofSeconds(90);
    private static final Camera.Login LOGIN = new Camera.Login("viewer", "k2-north-door");

    private static final Pattern LINE =
            Pattern.compile(
                    "^(\\S+) +(?:stream|picture|recording|clock|registration) of \\S+ +(.*?) +\\S.*$");

    @TempDir private Path folder;

    @Test
    void what_is_wrong_with_a_recorder_is_named_alone() throws IOException {
        Proof.notInShort();
        var picture = SceneCamera.kitchen(1).snapshot(Instant.EPOCH);
        try (var recorder = new Recorder(CHANNELS, LOGIN, picture, InstantSource.system())) {
            recorder.recordings(Duration.ofDays(40), Duration.ZERO);
            try (var kitchen = kitchen(recorder)) {
                kitchen.start();
                sees(kitchen, "all is well", Map.of());

                recorder.stream(3, Recorder.Stream.MISSING);
                sees(kitchen, "one channel", Map.of("cam-3", "no-such-stream"));
                recorder.stream(3, Recorder.Stream.HEALTHY);

                recorder.off();
                sees(kitchen, "the recorder", Map.of("nvr-1", "refused"));
                recorder.on();
                sees(kitchen, "all is well again", Map.of());
            }
        }
    }

    /** Nobody listens at these cameras, and the kernel says that the only port has no link. */
    @Test
    void an_own_cable_that_is_out_is_one_event_of_the_site() throws IOException {
        Proof.notInShort();
        var closed = FreePort.find();
        var site = new ArrayList<String>();
        var refused = new TreeMap<String, String>();
        for (var camera = 1; camera <= 3; camera++) {
            site.add(
                    """
                    [[camera]]
                    id = "cam-%d"
                    name = "%d号摄像头"
                    rtsp = "rtsp://127.0.0.%d:%d/stream"
                    """
                            .formatted(camera, camera, camera, closed));
            refused.put("cam-" + camera, "refused");
        }
        try (var kitchen = new Kitchen(folder, 1, String.join("\n", site), "")) {
            var port = kitchen.root().resolve("sys/class/net/eth0");
            Files.createDirectories(port.resolve("device"));
            Files.writeString(port.resolve("carrier"), "0\n");
            kitchen.start();
            var all = new TreeMap<>(refused);
            all.put("cameras", "link-lost");
            sees(kitchen, "the cable is out", all);

            Files.writeString(port.resolve("carrier"), "1\n");
            sees(kitchen, "the cable is in", refused);
        }
    }

    @Test
    void a_camera_that_was_turned_on_purpose_learns_anew_and_the_record_says_who_wanted_it()
            throws IOException {
        Proof.notInShort();
        var picture = SceneCamera.kitchen(1).snapshot(Instant.EPOCH);
        try (var recorder = new Recorder(CHANNELS, LOGIN, picture, InstantSource.system());
                var kitchen = kitchen(recorder)) {
            says(kitchen, "person", "add", "--id", "p-05", "--role", "technician", "--name", "Li");
            kitchen.start();
            var learned = kitchen.state().resolve("cameras/cam-2-picture.baseline");
            Files.createDirectories(learned.getParent());
            Files.writeString(learned, "what it used to see");

            var words = new String[] {"--by", "p-05", "--reason", "转向灶台"};
            var unknown = says(kitchen, relearn("cam-99", words));
            assertThat(unknown.code()).isOne();
            assertThat(unknown.text())
                    .contains("CAMERA 'cam-99': no picture of such a camera is looked at", "cam-8");
            assertThat(learned).exists();

            assertThat(says(kitchen, relearn("cam-2", words)).code()).isZero();
            assertThat(learned).doesNotExist();
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            assertThat(Supervision.entries(kitchen.state()))
                    .extracting(Entry::fact)
                    .filteredOn(fact -> fact instanceof Fact.Relearned)
                    .containsExactly(
                            new Fact.Relearned(
                                    "cam-2",
                                    "转向灶台",
                                    new Person("p-05", Role.TECHNICIAN, Strength.TAP)));
        }
    }

    private static String[] relearn(String camera, String... words) {
        return Stream.concat(Stream.of("camera", "relearn", camera), Stream.of(words))
                .toArray(String[]::new);
    }

    private static Program.Ended says(Kitchen kitchen, String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(List.of(words));
        command.addAll(List.of("--state", kitchen.state().toString()));
        return Program.run(command);
    }

    private void sees(Kitchen kitchen, String what, Map<String, String> wrong) {
        Eventually.within(
                STREAMS_SEEN, what, () -> verdicts(kitchen), () -> wrong(kitchen).equals(wrong));
    }

    private static Map<String, String> wrong(Kitchen kitchen) {
        var wrong = new TreeMap<>(verdicts(kitchen));
        wrong.values().removeIf(v -> v.equals("healthy") || v.equals("unknown"));
        if (verdicts(kitchen).values().stream().noneMatch("healthy"::equals) && wrong.isEmpty()) {
            return Map.of("nobody", "has been looked at");
        }
        return wrong;
    }

    private static Map<String, String> verdicts(Kitchen kitchen) {
        var verdicts = new TreeMap<String, String>();
        var ended =
                Program.run(
                        List.of(
                                Kitchen.PROGRAM,
                                "sensors",
                                "list",
                                "--state",
                                kitchen.state().toString()));
        for (var line : ended.lines()) {
            var match = LINE.matcher(line);
            if (match.matches()) {
                verdicts.put(match.group(1), match.group(2));
            }
        }
        return verdicts;
    }

    private Kitchen kitchen(Recorder recorder) throws IOException {
        var site = new ArrayList<String>();
        site.add(
                """
                [[nvr]]
                id = "nvr-1"
                name = "录像机"
                rtsp = "%s"
                isapi = "%s"
                snapshot = "%s/ISAPI/Streaming/channels/{channel}01/picture"
                credentials = "nvr-1"
                since = 2020-01-01
                """
                        .formatted(recorder.rtsp(), recorder.web(), recorder.web()));
        for (var channel = 1; channel <= CHANNELS; channel++) {
            site.add(
                    """
                    [[camera]]
                    id = "cam-%d"
                    name = "%d号摄像头"
                    nvr = "nvr-1"
                    channel = %d
                    """
                            .formatted(channel, channel, channel));
        }
        return new Kitchen(
                folder,
                1,
                String.join("\n", site),
                """
                [nvr-1]
                user = "%s"
                password = "%s"
                """
                        .formatted(LOGIN.user(), LOGIN.password()));
    }
}
